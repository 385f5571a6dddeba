import { isSuccess } from '../support/answer.ts';
import { type Send, unlessUnanswered } from '../support/client.ts';
import { type Random, seededRandom } from '../support/random.ts';
import { ABSENT, look, type Subject } from './look.ts';
import { type Effect, type Holding, nextOperation, type Operation, SOMEONE, stateOfGroup, stateOfUser } from './operation.ts';

/** A write that was acknowledged a moment ago is the one a kill is most likely to lose. */
const RECENT = 4;

/** A client with resources of its own, which knows at any time what they must be. */
export class Writer {
  /** What is not as it must be. */
  readonly faults: string[] = [];
  acknowledged = 0;
  /** Operations a kill left without an answer, and those of them that had been done. */
  readonly interrupted = { asked: 0, done: 0 };
  readonly #name: string;
  readonly #most: number;
  readonly #random: Random;
  #operations = 0;
  #holding: Holding = { users: [], group: undefined };
  #recent: readonly Effect[] = [];
  #open: Operation | undefined;
  readonly #removed: Subject[] = [];

  /** With more than about 30 users of its own, its changes of a group are more than one transaction takes. */
  constructor(name: string, most: number, seed: number) {
    this.#name = name;
    this.#most = most;
    this.#random = seededRandom(seed);
  }

  get userCount(): number {
    return this.#holding.users.length;
  }

  /** Finds out what became of the operation that had no answer, then writes until the server is gone or `isOver`. */
  async write(send: Send, isOver: () => boolean): Promise<void> {
    const settled = this.settle(send).then(() => true);
    if (!(await unlessUnanswered(settled))) return;
    while (!isOver() && this.#open === undefined) await this.#writeOne(send);
  }

  /** After a restart: what was acknowledged last is there, and what was interrupted is done as a whole or not at all. */
  async settle(send: Send): Promise<void> {
    const open = this.#open;
    const touched = new Set(open?.effects.map(({ subject }) => subject));
    await this.#expect(
      send,
      this.#recent.filter(({ subject }) => !touched.has(subject)).map(({ subject, after }) => [subject, after]),
    );
    this.#recent = [];
    if (open !== undefined) await this.#settleOpen(send, open);
  }

  async #settleOpen(send: Send, open: Operation): Promise<void> {
    const seen = await Promise.all(open.effects.map(({ subject }) => look(send, subject)));
    const isBefore = open.effects.every(({ before }, at) => seen[at] === before);
    const isAfter = open.effects.every(({ after }, at) => (after === SOMEONE ? seen[at] !== ABSENT : seen[at] === after));
    this.interrupted.asked += 1;
    if (isAfter) {
      this.interrupted.done += 1;
      this.#done(open, seen[0] ?? '');
    } else if (!isBefore) this.faults.push(`${open.method} ${open.path} was left half done: ${JSON.stringify([open.effects, seen])}`);
    this.#open = undefined;
  }

  /** Compares all that this writer has, and all that it has removed. */
  async check(send: Send): Promise<void> {
    const { users, group } = this.#holding;
    await this.#expect(send, [
      ...users.flatMap((user) => [[`Users/${user.id}`, stateOfUser(user)] as const, [`userName/${user.userName}`, user.id] as const]),
      ...(group === undefined ? [] : [[`Groups/${group.id}`, stateOfGroup(group)] as const]),
      ...this.#removed.map((subject) => [subject, ABSENT] as const),
    ]);
  }

  async #expect(send: Send, states: readonly (readonly [Subject, string])[]): Promise<void> {
    const latest = new Map(states.filter(([, state]) => state !== SOMEONE));
    for (const [subject, state] of latest) {
      const seen = await look(send, subject);
      if (seen !== state) this.faults.push(`${subject} is ${seen}, and must be ${state}`);
    }
  }

  async #writeOne(send: Send): Promise<void> {
    this.#operations += 1;
    const operation = nextOperation(this.#holding, this.#most, `${this.#name}-${this.#operations}`, this.#random);
    this.#open = operation;
    const answer = await unlessUnanswered(send(operation.method, operation.path, operation.body));
    if (answer === undefined || answer.status === 503) return;
    this.#open = undefined;
    if (!isSuccess(answer)) return void this.faults.push(`${operation.method} ${operation.path} was answered ${answer.status}`);
    this.acknowledged += 1;
    this.#recent = [...this.#recent, ...operation.effects].slice(-RECENT);
    this.#done(operation, answer.body.id ?? '');
  }

  #done(operation: Operation, id: string): void {
    this.#holding = operation.advance(this.#holding, id);
    const gone = operation.effects.filter(({ after }) => after === ABSENT).map(({ subject }) => subject);
    this.#removed.push(...gone.filter((subject) => subject.startsWith('Users/') || subject.startsWith('Groups/')));
  }
}
