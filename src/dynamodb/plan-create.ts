import { type Change, StaleRead } from '../directory/ports.ts';
import type { StoredResource } from '../directory/resource.ts';
import { isAbsent } from './condition.ts';
import { countCreated } from './counts.ts';
import { keyOf } from './keys.ts';
import type { MembershipTypes } from './membership-types.ts';
import { NO_ENTRIES, planEntries } from './plan-entries.ts';
import { planMembers } from './plan-members.ts';
import { resourceRow } from './rows.ts';
import type { WritePlan } from './write.ts';

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
      countCreated(type, id),
      ...planMembers({ type, id, display: types.nameOf(resource), nameVersion: 1 }, { add: members, remove: [] }),
    ],
  };
  return { plan, committed };
}
