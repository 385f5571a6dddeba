import type { Errand, Findings, Work } from '../../src/directory/ports.ts';
import { openSweeper, type SweeperOptions } from '../../src/dynamodb/sweeping/sweeper.ts';
import type { Registry } from '../../src/scim/schema/resource-type.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { aCall } from './store-call.ts';
import type { TestStore } from './store-open.ts';

type Options = {
  readonly registry?: Registry;
  readonly now?: () => number;
  /** Whether the whole table is looked through at the end: of a large one, that takes its time. */
  readonly inspects?: boolean;
  readonly backfill?: NonNullable<SweeperOptions['backfill']>;
};

/**
 * Does all the work on this table that requests have left for afterwards, as far as its time has come, and says what an
 * inspection finds then.
 */
export async function drain(
  { client, tableName }: Pick<TestStore, 'client' | 'tableName'>,
  { registry = REGISTRY, now = Date.now, inspects = true, backfill }: Options = {},
): Promise<Findings | undefined> {
  const sweeper = openSweeper({ client, tableName, registry, now, ...(backfill && { backfill }) });
  const perform = (work: Work) => sweeper.perform(work, aCall({ deadlineMs: now() + 60_000 }));
  let { left } = await perform({ kind: 'requeue' });
  for (let round = 0; round < 1_000 && left.length > 0; round += 1) {
    const done: (readonly Errand[])[] = [];
    for (const { work } of left.filter(({ delaySeconds }) => delaySeconds === 0)) done.push((await perform(work)).left);
    left = done.flat();
  }
  return inspects ? (await perform({ kind: 'inspect' })).findings : undefined;
}
