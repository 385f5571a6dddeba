import type { JsonObject } from '../../../src/scim/json.ts';
import type { Process } from '../../support/site.ts';

/** What a client is answered: one status, or one for each operation of a bulk request. */
export type Answered = readonly number[];

/** Something a client asks for, or a worker does, once. */
export type Act = (process: Process) => Promise<Answered>;

/** A write whose every call may be the last one. */
export type Operation = {
  readonly title: string;
  /** So many writes are one transaction at most; as many as the service takes where it is left out. */
  readonly transactionLimit?: number;
  /** Of the application that asks for it. */
  readonly policy?: JsonObject;
  /** What was done before; it has left something to do. */
  readonly prepare?: (world: World) => readonly Act[];
  /** Says what is to be done, once this world is there. */
  readonly stage: (world: World) => Scene;
};

export type Scene = {
  readonly act: Act;
  /** What is there when it broke off between its parts, for what is no single change: each leads from nothing to there. */
  readonly parts?: readonly Act[];
  /** What somebody else may do while whoever acts is asleep. */
  readonly meanwhile: Readonly<Record<string, Act>>;
  /** Filters a client may look things up with. */
  readonly filters: readonly (readonly [endpoint: string, filter: string])[];
};

/** Who is there before each operation, by id: seven users, a team of four of them, and a crew that has the team in it. */
export type World = Readonly<Record<'ada' | 'bea' | 'cyd' | 'dan' | 'eve' | 'fay' | 'gus' | 'team' | 'crew', string>>;
