import { type Change, StaleRead } from '../directory/ports.ts';
import type { StoredResource } from '../directory/resource.ts';
import { isAbsent } from './condition.ts';
import { countCreated } from './counts.ts';
import type { Attributes } from './item.ts';
import { keyOf } from './keys.ts';
import type { MembershipTypes } from './membership-types.ts';
import { NO_ENTRIES, planEntries } from './plan-entries.ts';
import { planUnlessKept } from './plan-kept.ts';
import { type NamedGroup, normalised, planMembers } from './plan-members.ts';
import { type LastChange, resourceRow } from './rows.ts';
import { freeSeats, type SeatClaim, seated } from './seats/seat.ts';
import { planCommitListed } from './staged/plan-change.ts';
import type { StagedChange } from './staged/staging.ts';
import type { PlannedWrite, WritePlan } from './write.ts';

type Create = Change & { kind: 'create' };

export type PlannedCreate = { readonly plan: WritePlan; readonly committed: StoredResource };

/** A new resource with every key it is found by: nothing is read first. */
export function planCreate(create: Create, types: MembershipTypes, claim?: SeatClaim): PlannedCreate {
  const { type, id } = create.resource;
  const members = normalised(id, { add: create.members, remove: [] });
  const committed = firstOf(create.resource, types);
  const added = members.add.map(({ value }) => value);
  const writes = [...planItself(create, committed, types.isGroup(type) ? { added } : {}, {}, claim), ...(claim?.writes ?? [])];
  return { plan: { writes: [...writes, ...planMembers(namedGroup(create, types), members)] }, committed };
}

/** The same for a group with more members than a transaction takes: they are there before it, and count with it. */
export function planStagedCreate(
  create: Create,
  types: MembershipTypes,
  changeId: string,
): { readonly change: StagedChange; readonly committed: StoredResource } {
  const committed = firstOf(create.resource, types);
  const state = { changeId, changePhase: 'committed', lastChangeId: changeId };
  const change: StagedChange = {
    id: changeId,
    kind: 'create',
    group: namedGroup(create, types),
    members: normalised(committed.id, { add: create.members, remove: [] }),
    commit: { writes: [...planItself(create, committed, { manifest: changeId }, state), planCommitListed(changeId)] },
  };
  return { change, committed };
}

function planItself(
  { resource, entries, stamp, former }: Create,
  committed: StoredResource,
  details: Partial<LastChange>,
  state: Attributes = {},
  claim?: SeatClaim,
): readonly PlannedWrite[] {
  const { type, id } = resource;
  const attributes = { ...resourceRow(committed, { ...stamp, ...details }), ...state };
  return [
    {
      write: { kind: 'put', key: keyOf.resource(type, id), attributes, condition: isAbsent },
      onConditionFailed: () => new StaleRead(),
    },
    ...planEntries(resource, NO_ENTRIES, entries),
    ...(former === undefined ? [] : [planUnlessKept(type, former)]),
    { write: { kind: 'put', key: keyOf.alive(id), attributes: { type } } },
    countCreated(type, id, { freed: freeSeats(committed), condition: claim?.condition }),
  ];
}

const firstOf = (resource: StoredResource, types: MembershipTypes): StoredResource => ({
  ...seated(resource),
  version: 1,
  ...(types.isGroup(resource.type) && { nameVersion: 1 }),
});

const namedGroup = ({ resource }: Create, types: MembershipTypes): NamedGroup => ({
  type: resource.type,
  id: resource.id,
  display: types.nameOf(resource),
  nameVersion: 1,
});
