import type { Answer } from '../support/answer.ts';
import type { Send } from '../support/client.ts';
import { aGroup, aUser } from '../support/messages.ts';
import type { Random } from '../support/random.ts';
import type { Operation } from './linearizable.ts';
import type { NameStep, RegisterStep, SetStep } from './models.ts';
import type { TimedSend } from './timed.ts';

export type RacedUser = {
  readonly id: string;
  readonly userName: string;
  /** Stands for it in a set of members. */
  readonly bit: bigint;
  readonly title: Operation<RegisterStep>[];
};
export type RacedGroup = { readonly id: string; readonly displayName: string; readonly members: Operation<SetStep>[] };
type RacedName = { readonly userName: string; readonly holders: Operation<NameStep>[] };

/** Few resources, for many clients to meet in. */
export type World = {
  readonly ask: TimedSend;
  readonly random: Random;
  readonly users: readonly RacedUser[];
  readonly groups: readonly RacedGroup[];
  readonly names: readonly RacedName[];
  /** Different each time. */
  readonly newValue: () => string;
};

/** More than one transaction takes, when a group gets them all at once. */
const COUNTS = { users: 40, groups: 4, names: 6 } as const;

export async function openWorld(send: Send, ask: TimedSend, random: Random): Promise<World> {
  let last = 0;
  const users = await Promise.all(
    numbers(COUNTS.users).map(async (n) => {
      const userName = `raced-${n}`;
      return { id: idOf(await send('POST', '/Users', aUser(userName, { title: 'none' }))), userName, bit: 1n << BigInt(n), title: [] };
    }),
  );
  const groups = await Promise.all(
    numbers(COUNTS.groups).map(async (n) => {
      const displayName = `raced ${n}`;
      return { id: idOf(await send('POST', '/Groups', aGroup(displayName))), displayName, members: [] };
    }),
  );
  const names = numbers(COUNTS.names).map((n) => ({ userName: `name-${n}`, holders: [] }));
  const newValue = (): string => {
    last += 1;
    return `value ${last}`;
  };
  return { ask, random, users, groups, names, newValue };
}

export const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);

export function idOf({ status, body }: Answer): string {
  if (status !== 201 || body.id === undefined) throw new Error(`A creation was answered ${status}: ${body.detail ?? ''}`);
  return body.id;
}
