import { type Answer, isSuccess } from '../support/answer.ts';
import { type Send, unlessUnanswered } from '../support/client.ts';
import { filtered } from '../support/messages.ts';
import { type Random, seededRandom } from '../support/random.ts';
import { type Endpoint, type Holding, nextOperation, type Operation, type Subject } from './operation.ts';

/** A change that was answered: the log must have it, as this request's. */
export type Acknowledged = { readonly id: string; readonly version: number | 'removed'; readonly requestId: string };

/** What an operator does, beside the clients. */
export type Operator = {
  readonly restore: (subject: Subject) => Promise<boolean>;
  /** Brings users and a group of them by a file; says what came, whether or not all of it did. */
  readonly import: (name: string) => Promise<readonly Subject[]>;
};

export type World = { readonly send: Send; readonly operator: Operator };

/** A client with resources of its own, which notes each change that was acknowledged. */
export class Writer {
  readonly faults: string[] = [];
  readonly acknowledged: Acknowledged[] = [];
  operations = 0;
  interrupted = 0;
  readonly #name: string;
  readonly #most: number;
  readonly #random: Random;
  readonly #versions = new Map<string, number>();
  #serial = 0;
  #holding: Holding = { users: [], groups: [], removed: [] };
  #open: Operation | undefined;

  constructor(name: string, most: number, seed: number) {
    this.#name = name;
    this.#most = most;
    this.#random = seededRandom(seed);
  }

  /** Finds out what became of the operation that had no answer, then goes on until an answer stays away or `isOver`. */
  async write(world: World, isOver: () => boolean): Promise<void> {
    await unlessUnanswered(this.#writeOn(world, isOver));
  }

  async #writeOn(world: World, isOver: () => boolean): Promise<void> {
    if (this.#open !== undefined) {
      await this.#settle(world.send, this.#open);
      this.#open = undefined;
    }
    while (!isOver() && this.faults.length === 0) {
      this.#serial += 1;
      this.#open = nextOperation(this.#holding, this.#most, `${this.#name}-${this.#serial}`, this.#random);
      await this.#perform(world, this.#open);
      this.#open = undefined;
      this.operations += 1;
    }
  }

  async #perform({ send, operator }: World, operation: Operation): Promise<void> {
    if (operation.kind === 'import') {
      for (const subject of await operator.import(`${this.#name}-${this.#serial}`)) await this.#look(send, subject);
    } else if (operation.kind === 'restore') {
      await operator.restore(operation.subject);
      await this.#look(send, operation.subject);
    } else await this.#request(send, operation);
  }

  async #request(send: Send, operation: Extract<Operation, { kind: 'create' | 'change' | 'delete' }>): Promise<void> {
    const answer = await this.#ask(send, operation);
    if (answer.status === 503) {
      this.interrupted += 1;
      return this.#settle(send, operation);
    }
    if (!isSuccess(answer)) return void this.faults.push(`${JSON.stringify(operation).slice(0, 200)} was answered ${answer.status}`);
    if (operation.kind === 'delete') return this.#gone(operation.subject, requestIdOf(answer));
    const subject = operation.kind === 'create' ? { endpoint: operation.endpoint, id: answer.body.id ?? '' } : operation.subject;
    this.#note(subject, versionOf(answer), requestIdOf(answer));
  }

  #ask(send: Send, operation: Extract<Operation, { kind: 'create' | 'change' | 'delete' }>): Promise<Answer> {
    if (operation.kind === 'create') return send('POST', `/${operation.endpoint}`, operation.body);
    const path = `/${operation.subject.endpoint}/${operation.subject.id}`;
    return operation.kind === 'delete' ? send('DELETE', path) : send(operation.method, path, operation.body);
  }

  /** It may have been done or not: the directory says. */
  async #settle(send: Send, operation: Operation): Promise<void> {
    this.interrupted += 1;
    if (operation.kind === 'import') return;
    if (operation.kind !== 'create') return this.#look(send, operation.subject);
    const attribute = operation.endpoint === 'Users' ? 'userName' : 'displayName';
    const { body } = await send('GET', filtered(`/${operation.endpoint}`, `${attribute} eq "${operation.name}"`));
    const [found] = body.Resources ?? [];
    if (found !== undefined) await this.#look(send, { endpoint: operation.endpoint, id: found.id });
  }

  async #look(send: Send, subject: Subject): Promise<void> {
    const answer = await send('GET', `/${subject.endpoint}/${subject.id}`);
    if (answer.status === 404) this.#gone(subject);
    else if (answer.status === 200) this.#note(subject, versionOf(answer));
    else this.faults.push(`GET /${subject.endpoint} was answered ${answer.status}`);
  }

  /** A request that changes nothing is answered with the version there was. */
  #note(subject: Subject, version: number, requestId?: string): void {
    const isNew = version > (this.#versions.get(subject.id) ?? 0);
    if (isNew && requestId !== undefined) this.acknowledged.push({ id: subject.id, version, requestId });
    this.#versions.set(subject.id, version);
    this.#hold(subject, true);
  }

  #gone(subject: Subject, requestId?: string): void {
    if (requestId !== undefined) this.acknowledged.push({ id: subject.id, version: 'removed', requestId });
    this.#hold(subject, false);
  }

  #hold(subject: Subject, isLive: boolean): void {
    const others = (ids: readonly string[]): readonly string[] => ids.filter((id) => id !== subject.id);
    const ids = (endpoint: Endpoint, before: readonly string[]): readonly string[] =>
      endpoint === subject.endpoint ? [...others(before), ...(isLive ? [subject.id] : [])] : before;
    const { users, groups, removed } = this.#holding;
    const left = removed.filter(({ id }) => id !== subject.id);
    this.#holding = { users: ids('Users', users), groups: ids('Groups', groups), removed: isLive ? left : [...left, subject] };
  }
}

const versionOf = ({ headers }: Answer): number => Number(/\d+/.exec(String(headers['etag'] ?? ''))?.[0] ?? Number.NaN);

const requestIdOf = ({ headers }: Answer): string => String(headers['x-amzn-requestid'] ?? '');
