import { ScimError } from '../../scim/errors.ts';
import { same } from '../../scim/same.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { heldEntries, indexEntries } from '../index-entries.ts';
import { withProfile } from '../mapping/profile.ts';
import { type ChangeStamp, StaleRead, type StoreCall } from '../ports.ts';
import { reDecide } from '../re-decide.ts';
import { type IndexEntry, isMarkEntry, type StoredResource } from '../resource.ts';
import { type ImportContext, RefusedLine } from './context.ts';
import { faultOf } from './judge-attributes.ts';
import type { ResourceLine } from './lines.ts';
import type { Arrival, Found } from './ports.ts';

export type ResourceOutcome = 'created' | 'same' | 'replaced' | 'skipped';

/**
 * Brings one resource of the file into the directory, all of it or nothing.
 *
 * @param found what was found under its id, read for many lines at once
 * @throws {RefusedLine} saying what is wrong, and what stands in the way
 */
export async function importResource(
  given: ImportContext,
  line: ResourceLine,
  found: Found | undefined,
  call: StoreCall,
): Promise<ResourceOutcome> {
  const context = compared(given, line);
  const type = typeOf(context, line);
  const resource = toStored(type, line);
  let known = found;
  return reDecide(call, context.now, async () => {
    known ??= (await context.store.look(type.name, [line.id], call)).get(line.id) ?? {};
    const { resource: current } = known;
    try {
      return await (current
        ? meet(context, type, current, resource, line.replaces, call)
        : create(context, type, countedOn(resource, known), known, call));
    } catch (error) {
      if (!(error instanceof StaleRead) && !isTaken(error)) throw error;
      known = undefined;
      await refuseWhatIsTaken(context, type, resource, call);
      throw error instanceof StaleRead ? error : new StaleRead();
    }
  });
}

/** A line that says what it replaces has been decided on: only whether that is still there is left to be judged. */
const compared = (context: ImportContext, { replaces }: ResourceLine): ImportContext =>
  replaces === undefined ? context : { ...context, policy: { ...context.policy, onConflict: 'replace' } };

function typeOf({ registry, customization }: ImportContext, { type: name, attributes }: ResourceLine): ResourceType {
  const type = registry.find((candidate) => candidate.name === name);
  if (type === undefined) throw new RefusedLine(`type: there is no resource type ${JSON.stringify(name)} here`);
  const fault = faultOf(type, attributes, customization.removed);
  if (fault !== undefined) throw new RefusedLine(fault);
  return type;
}

/** The version that last named a group is part of it, and of nothing else. */
function toStored(type: ResourceType, { kind: _kind, replaces: _replaces, nameVersion, createdAs, ...line }: ResourceLine): StoredResource {
  const isGroup = type.membersAttribute !== undefined;
  if (!isGroup && nameVersion !== undefined) throw new RefusedLine('nameVersion is of groups only');
  if (isGroup && (nameVersion === undefined || nameVersion > line.version))
    throw new RefusedLine('nameVersion must be there, and not be above version');
  return { ...line, ...(createdAs !== undefined && { createdAs }), ...(nameVersion !== undefined && { nameVersion }) };
}

/** An ETag that this directory has given for something else must not come back; and that it was removed was a version, too. */
const countedOn = (resource: StoredResource, { kept }: Found): StoredResource =>
  kept === undefined || resource.version > kept.version + 1 ? resource : { ...resource, version: kept.version + 2 };

async function create(
  context: ImportContext,
  type: ResourceType,
  resource: StoredResource,
  found: Found,
  call: StoreCall,
): Promise<ResourceOutcome> {
  if (found.removal === 'seen')
    throw new RefusedLine(
      'it was removed here a moment ago, and its memberships are still being cleared away; run the import again in a minute',
    );
  if (found.isKept && context.policy.onConflict === 'skip') return 'skipped';
  if (found.isKept && context.policy.onConflict === 'fail')
    throw new RefusedLine('it was removed here and can be restored: do that, or take that of the file with --on-conflict replace');
  // What is kept for a restore is given up before its place is taken: not for a line that is refused.
  if (context.policy.dryRun || found.isKept) await refuseWhatIsTaken(context, type, resource, call);
  if (!context.policy.dryRun) await context.store.bring([await arrivalOf(context, type, resource, found, call)], call);
  return 'created';
}

const arrivalOf = async (
  context: ImportContext,
  type: ResourceType,
  resource: StoredResource,
  found: Found,
  call: StoreCall,
): Promise<Arrival> => ({
  resource: await withProfile(context.mappingOf, type, resource, call),
  found,
  entries: indexEntries(type, resource),
  stamp: stampOf(context, resource, call),
});

/**
 * Brings several resources of the file into the directory at once, where nothing is under their ids.
 *
 * @throws whatever keeps them all from being created; one by one, it shows which of them it is
 */
export async function createTogether(context: ImportContext, lines: readonly ResourceLine[], call: StoreCall): Promise<void> {
  const arrivals = lines.map((line) => {
    const type = typeOf(context, line);
    return arrivalOf(context, type, toStored(type, line), {}, call);
  });
  await context.store.bring(await Promise.all(arrivals), call);
}

/** One that is there and equal is passed over; its version may have moved on, as one that was replaced has. */
async function meet(
  context: ImportContext,
  type: ResourceType,
  before: StoredResource,
  after: StoredResource,
  replaces: number | undefined,
  call: StoreCall,
): Promise<ResourceOutcome> {
  if (isSame(before, after)) return 'same';
  if (replaces !== undefined && replaces !== before.version)
    throw new RefusedLine('it has been changed since it was compared, and stays as it is');
  if (context.policy.onConflict === 'skip') return 'skipped';
  if (context.policy.onConflict === 'fail') throw new RefusedLine('it is there already, and differs');
  if (context.policy.dryRun) {
    await refuseWhatIsTaken(context, type, after, call);
    return 'replaced';
  }
  const { change, nameVersion } = before;
  const profiled = await withProfile(context.mappingOf, type, after, call);
  const kept = { ...profiled, ...(change && { change }), ...(nameVersion !== undefined && { nameVersion }) };
  await context.store.commit(
    {
      kind: 'update',
      before,
      after: kept,
      entriesBefore: heldEntries(type, before),
      entriesAfter: indexEntries(type, after),
      members: { add: [], remove: [] },
      expect: 'version',
      stamp: stampOf(context, after, call),
    },
    call,
  );
  return 'replaced';
}

const isSame = (left: StoredResource, right: StoredResource): boolean =>
  left.created === right.created &&
  left.lastModified === right.lastModified &&
  left.createdBy === right.createdBy &&
  left.createdAs === right.createdAs &&
  same(left.externalIds, right.externalIds) &&
  same(left.attributes, right.attributes);

const stampOf = ({ now }: ImportContext, { createdBy, attributes }: StoredResource, call: StoreCall): ChangeStamp => ({
  requestId: call.requestId,
  application: createdBy,
  at: new Date(now()).toISOString(),
  paths: Object.keys(attributes).slice(0, NAMED_PATHS),
});

/** Others are left out: they live on the resource's row. */
const NAMED_PATHS = 32;

const isTaken = (error: unknown): boolean => error instanceof ScimError && error.kind === 'uniqueness';

/** @throws {RefusedLine} naming who has the id, or a value that only one may have */
async function refuseWhatIsTaken(context: ImportContext, type: ResourceType, { id, ...resource }: StoredResource, call: StoreCall) {
  const { store } = context;
  const other = (await store.aliveTypes([id], call)).get(id);
  if (other !== undefined && other !== type.name) throw new RefusedLine(`its id is that of a ${other} here`);
  for (const entry of indexEntries(type, { id, ...resource }).unique) {
    const holder = (await store.findIds(type.name, 'unique', entry, call)).find((holding) => holding !== id);
    if (holder !== undefined) throw new RefusedLine(`its ${nameOf(entry)} is taken by the ${type.name} ${holder}`);
  }
}

const nameOf = (entry: IndexEntry): string => (isMarkEntry(entry) ? 'createdAs' : entry.attribute);
