import { expect } from '@jest/globals';
import fc from 'fast-check';
import { patch, postUser, sendBulk, statusesOf } from '../support/bulk.ts';
import type { Endpoint } from '../support/endpoint.ts';
import { sendWrite, timeless } from './client.ts';
import { type Directory, isTaken, withPerson, withTeam } from './oracle/directory.ts';
import { foresee } from './oracle/foresee.ts';
import { showPerson, showTeam } from './oracle/show.ts';
import { aPlace, at, aUserName, aWrite, type Known, type Plan } from './places.ts';
import { aLook, type Look } from './reads.ts';

/** What is foreseen: the directory, and the ids of all that were ever in it. */
export type Model = { directory: Directory; known: Known };

type Command = fc.AsyncCommand<Model, Endpoint>;

const versionIn = ({ people, teams }: Directory, id: string): number | undefined => (people.get(id) ?? teams.get(id))?.version;

/** A write: its answer is the one foreseen, to the last attribute. */
class Change implements Command {
  readonly #plan: Plan;

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  check({ known }: Readonly<Model>): boolean {
    return this.#plan.of(known) !== undefined;
  }

  async run(model: Model, endpoint: Endpoint): Promise<void> {
    const write = this.#plan.of(model.known);
    if (write === undefined) return;

    const { status, json } = await sendWrite(endpoint, write, (id) => versionIn(model.directory, id));

    const foreseen = foresee(model.directory, write, json?.id ?? 'none');
    expect({ status, scimType: json?.scimType }).toEqual({ status: foreseen.status, scimType: foreseen.scimType });
    if (foreseen.id !== undefined) expect(timeless(json)).toEqual(shown(foreseen.directory, foreseen.id));
    model.directory = foreseen.directory;
    if (status === 201) model.known = withKnown(model.known, write.kind, json.id);
  }

  toString(): string {
    return this.#plan.title;
  }
}

/** Anything read is as foreseen. */
class Reading implements Command {
  readonly #look: Look;

  constructor(look: Look) {
    this.#look = look;
  }

  check(): boolean {
    return true;
  }

  run({ directory, known }: Model, endpoint: Endpoint): Promise<void> {
    return this.#look.judge(endpoint, directory, known);
  }

  toString(): string {
    return this.#look.title;
  }
}

/** A bulk request that creates a user and puts it into a group by reference. */
class Hiring implements Command {
  readonly #userName: string;
  readonly #place: number;

  constructor(userName: string, place: number) {
    this.#userName = userName;
    this.#place = place;
  }

  check({ directory, known }: Readonly<Model>): boolean {
    return !isTaken(directory, this.#userName) && directory.teams.has(at(known.groups, this.#place) ?? '');
  }

  async run(model: Model, endpoint: Endpoint): Promise<void> {
    const team = model.directory.teams.get(at(model.known.groups, this.#place) ?? '');
    if (team === undefined) return;
    // No two of these are the same request: sent again, it would create nothing.
    const title = `Hire ${model.known.users.length}`;

    const answer = await sendBulk(endpoint, [
      postUser('new', { userName: this.#userName, title }),
      patch(`/Groups/${team.id}`, { op: 'add', path: 'members', value: [{ value: 'bulkId:new' }] }),
    ]);

    expect(statusesOf(answer)).toEqual(['201', '204']);
    const id = answer.json.Operations[0].location.split('/').at(-1);
    const hired = withPerson(model.directory, { id, version: 1, userName: this.#userName, title });
    model.directory = withTeam(hired, { ...team, version: team.version + 1, members: new Set([...team.members, id]) });
    model.known = withKnown(model.known, 'createUser', id);
  }

  toString(): string {
    return `bulk: hire ${this.#userName} into ${this.#place}`;
  }
}

const shown = (directory: Directory, id: string): object => {
  const [person, team] = [directory.people.get(id), directory.teams.get(id)];
  if (person !== undefined) return showPerson(directory, person);
  if (team !== undefined) return showTeam(directory, team);
  throw new TypeError('what was foreseen is not there');
};

const withKnown = ({ users, groups }: Known, kind: string, id: string): Known =>
  kind === 'createUser' ? { users: [...users, id], groups } : { users, groups: [...groups, id] };

export const someCommands = fc.commands(
  [
    aWrite.map((plan) => new Change(plan)),
    aWrite.map((plan) => new Change(plan)),
    aLook.map((look) => new Reading(look)),
    fc.tuple(aUserName, aPlace).map(([userName, place]) => new Hiring(userName, place)),
  ],
  { maxCommands: 20, size: 'max' },
);
