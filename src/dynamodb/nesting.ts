import type { StoreCall } from '../directory/ports.ts';
import type { Member } from '../directory/resource.ts';
import { eachAtOnce } from './at-once.ts';
import { keyOf, type TableKey } from './keys.ts';
import type { MembershipTypes } from './membership-types.ts';
import type { TableClient } from './table-client.ts';

/** What an outbox item says that is no work: groups of this type have been made members of others. */
export const NESTED_KIND = 'nested';

/**
 * Writes down that a group gets groups as members, before it does: readers look for groups of groups only where this says
 * that there may be some.
 *
 * It is never taken back, so that nobody has to know whether a membership was the last of its kind: what it says too much
 * costs reads, and what a reader finds there is held against the rows.
 */
export async function announceNesting(
  table: TableClient,
  types: MembershipTypes,
  groupId: string,
  members: readonly Member[],
  call: StoreCall,
): Promise<void> {
  const nested = members.filter(({ type }) => types.isGroup(type));
  if (nested.length === 0) return;
  const put = (key: TableKey, kind?: string) => table.execute({ writes: [{ write: { kind: 'put', key, attributes: { kind } } }] }, call);
  const announcements = [
    ...[...new Set(nested.map(({ type }) => type))].map((type) => () => put(keyOf.nesting(type), NESTED_KIND)),
    ...nested.map(
      ({ value }) =>
        () =>
          put(keyOf.nestedGroup(groupId, value)),
    ),
  ];
  await eachAtOnce(announcements, (announce) => announce());
}
