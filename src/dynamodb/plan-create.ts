import { type Change, StaleRead } from '../directory/ports.ts';
import type { StoredResource } from '../directory/resource.ts';
import { isAbsent } from './condition.ts';
import { keyOf } from './keys.ts';
import type { MembershipTypes } from './membership-types.ts';
import { NO_ENTRIES, planEntries } from './plan-entries.ts';
import { planMembers } from './plan-members.ts';
import { resourceRow } from './rows.ts';
import { SCHEMA_VERSION } from './table.ts';
import type { PlannedWrite, WritePlan } from './write.ts';

export type PlannedCreate = { readonly plan: WritePlan; readonly committed: StoredResource };

/** A new resource with every key it is found by: nothing is read first. */
export function planCreate({ resource, entries, members, stamp }: Change & { kind: 'create' }, types: MembershipTypes): PlannedCreate {
  const { type, id } = resource;
  const isGroup = types.isGroup(type);
  const added = members.map(({ value }) => value);
  const committed = { ...resource, version: 1, ...(isGroup && { nameVersion: 1 }) };
  const plan: WritePlan = {
    writes: [
      {
        write: {
          kind: 'put',
          key: keyOf.resource(type, id),
          attributes: resourceRow(committed, { ...stamp, ...(isGroup && { added }) }),
          condition: isAbsent,
        },
        onConditionFailed: () => new StaleRead(),
      },
      ...planEntries(resource, NO_ENTRIES, entries),
      { write: { kind: 'put', key: keyOf.alive(id), attributes: { type } } },
      countBy(type, id, 1),
      ...planMembers({ type, id, display: types.nameOf(resource), nameVersion: 1 }, { add: members, remove: [] }),
    ],
  };
  return { plan, committed };
}

/** Counts in one of 16 rows, so that creates at the same time rarely meet in one. */
export const countBy = (type: string, id: string, n: 1 | -1): PlannedWrite => ({
  write: { kind: 'update', key: keyOf.counter(type, id), set: { schemaVersion: SCHEMA_VERSION }, add: { n } },
});
