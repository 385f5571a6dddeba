import { randomUUID } from 'node:crypto';
import { type BackfillTask, performBackfill } from '../../src/directory/backfill/perform-backfill.ts';
import type { BackfillPurpose, WorkDone } from '../../src/directory/ports.ts';
import type { StoredResource } from '../../src/directory/resource.ts';
import { planAnnounce } from '../../src/dynamodb/backfill/plan-step.ts';
import { openBackfillStore } from '../../src/dynamodb/backfill/store.ts';
import { REAL_PACE } from '../../src/dynamodb/retry.ts';
import { openDirectoryStore } from '../../src/dynamodb/store.ts';
import { TableClient } from '../../src/dynamodb/table-client.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { aCall } from './store-call.ts';
import type { TestStore } from './store-open.ts';

export const aPurpose = (overrides: Partial<BackfillPurpose> = {}): BackfillPurpose => ({
  name: 'titles/User',
  type: 'User',
  revision: 'first',
  startedAt: '2026-01-01T00:00:00.000Z',
  ...overrides,
});

/** Lets every user be found by its title. */
export const TITLES = {
  renew: (resource: StoredResource) => ({
    before: resource,
    after: resource,
    entriesBefore: { unique: [], lookup: [] },
    entriesAfter: { unique: [], lookup: titleEntries(resource) },
  }),
  conclude: async () => 'keep' as const,
} satisfies BackfillTask;

export const titleEntries = ({ attributes: { title } }: StoredResource) =>
  typeof title === 'string' ? [{ attribute: 'title', value: title }] : [];

/** A worker of backfills, by a clock that stands still unless it is moved. */
export function openBackfills(opened: Pick<TestStore, 'client' | 'tableName'>, task: BackfillTask | 'no longer wanted' = TITLES) {
  const clock = { nowMs: Date.now() };
  const backfills = openBackfillStore(opened);
  const table = new TableClient(opened.client, opened.tableName, REAL_PACE);
  return {
    backfills,
    clock,
    announce: (purpose: BackfillPurpose = aPurpose()) => table.execute({ writes: [planAnnounce(purpose)] }, aCall()),
    /** Looks at the clock so often, and then finds its time over. */
    perform: ({ looks = Infinity, page = 200 } = {}): Promise<WorkDone> => {
      let left = looks;
      const now = (): number => {
        left -= 1;
        return left < 0 ? clock.nowMs + 60_000 : clock.nowMs;
      };
      return performBackfill(
        {
          backfills,
          directory: openDirectoryStore({ ...opened, registry: REGISTRY }),
          taskOf: async () => (task === 'no longer wanted' ? undefined : task),
          newWorker: randomUUID,
          now,
          page,
        },
        aPurpose().name,
        aCall({ deadlineMs: clock.nowMs + 60_000 }),
      );
    },
  };
}
