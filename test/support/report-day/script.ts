import type { Day, Person } from './day.ts';
import { askForNobody, disableByOperator, importNothing, liveOfGroup, purge, removeAndRestore, sendBulk, sendNoBulk } from './others.ts';
import {
  beBraked,
  beForbidden,
  beIgnored,
  create,
  createAgain,
  createBeyondSeats,
  createWrongly,
  disable,
  enable,
  PLAIN,
  pick,
  remove,
  removeStale,
  rename,
  setTitle,
} from './people.ts';
import { blunder, blunderInEveryWay, changeWrongly, knock, read } from './reads.ts';

/** Each is one act of a day; what it needs of people is drawn from those that are there. */
type Scene = (day: Day, cast: Cast, turn: number) => Promise<unknown>;

type Cast = {
  /** Whoever is there and active. */
  readonly present: Person[];
  readonly kept: Person[];
};

const SCENES: readonly Scene[] = [
  async (day, cast, turn) => cast.present.push(await create(day, pick(day, PLAIN), newcomer(turn))),
  async (day, cast, turn) =>
    cast.present.push(await sendBulk(day, pick(day, PLAIN), `bulk${turn}@example.com`, pick(day, cast.present), `t${turn}`)),
  (day, cast) => createAgain(day, pick(day, PLAIN), pick(day, cast.present)),
  (day, _, turn) => createWrongly(day, pick(day, PLAIN), `wrong${turn}@example.com`),
  (day, _, turn) => createBeyondSeats(day, `seatless${turn}@example.com`),
  async (day, cast, turn) => {
    const [application, person] = [pick(day, PLAIN), pick(day, cast.present)];
    await setTitle(day, application, person, `title ${turn}`, true);
    await setTitle(day, application, person, `title ${turn}`, false);
  },
  async (day, cast, turn) => {
    const person = takeOut(day, cast.present);
    cast.present.push(await rename(day, pick(day, PLAIN), person, `Renamed${turn}@example.com`));
  },
  async (day, cast) => {
    const person = pick(day, cast.present);
    await disable(day, pick(day, PLAIN), person);
    await enable(day, pick(day, PLAIN), person);
  },
  (day, cast) => disable(day, 'deleting', takeOut(day, cast.present)),
  (day, cast) => remove(day, pick(day, PLAIN), takeOut(day, cast.present)),
  async (day, cast, turn) => {
    const kept = await create(day, 'keeping', newcomer(turn));
    await remove(day, 'keeping', kept);
    cast.kept.push(kept);
  },
  async (day, cast) => {
    const back = cast.kept.shift();
    if (back !== undefined) cast.present.push(await create(day, 'keeping', back));
  },
  (day, cast) => beIgnored(day, pick(day, cast.present)),
  (day, cast) => beForbidden(day, pick(day, cast.present)),
  (day, cast) => removeStale(day, pick(day, PLAIN), pick(day, cast.present)),
  (day, cast) => changeWrongly(day, pick(day, PLAIN), pick(day, cast.present)),
  (day, cast, turn) => liveOfGroup(day, pick(day, PLAIN), `Group ${turn}`, pick(day, cast.present)),
  (day) => sendNoBulk(day, pick(day, PLAIN)),
  (day, cast) => disableByOperator(day, pick(day, cast.present)),
  (day, cast) => removeAndRestore(day, pick(day, cast.present)),
  (day, _, turn) => askForNobody(day, `nobody${turn}@example.com`),
  (day) => importNothing(day),
  (day, cast) => read(day, pick(day, cast.present)),
  (day) => blunder(day),
  (day) => knock(day),
];

const newcomer = (turn: number): Person => ({ id: '', name: `Person${turn}@Example.com`, externalId: `external-${turn}` });

function takeOut(day: Day, people: Person[]): Person {
  const [person] = people.splice(day.random.below(people.length), 1);
  if (person === undefined) throw new TypeError('nobody is left');
  return person;
}

const FIRST_PEOPLE = 60;
const TURNS = 1_080;
/** A purge looks through the whole table: a day has a few. */
const PURGE_EVERY = 120;

/** Plays the day from midnight to midnight. */
export async function play(day: Day): Promise<void> {
  const cast: Cast = { present: [], kept: [] };
  const stepMs = Math.floor((23.5 * 3_600_000) / (FIRST_PEOPLE + TURNS + 4));
  const pass = (): void => day.pass(day.random.below(stepMs * 2));
  for (let turn = 0; turn < FIRST_PEOPLE; turn += 1) {
    cast.present.push(await create(day, pick(day, PLAIN), newcomer(10_000 + turn)));
    pass();
  }
  await beBraked(day, [takeOut(day, cast.present), takeOut(day, cast.present), takeOut(day, cast.present)]);
  await blunderInEveryWay(day);
  for (let turn = 0; turn < TURNS; turn += 1) {
    pass();
    if (turn % PURGE_EVERY === 7) await purge(day, takeOut(day, cast.present));
    else await pick(day, SCENES)(day, cast, turn);
  }
}
