import type { RequestOf } from '../../access/admin-request.ts';
import { type Administered, eventOf } from '../../access/administration.ts';
import type { Application } from '../../access/application.ts';
import { applicationIn } from '../../access/applications/find-application.ts';
import { rebuildNamed } from '../../access/mapping-rebuilds.ts';
import { compareMappings } from '../../scim/mapping/compare.ts';
import { parseMapping } from '../../scim/mapping/parse.ts';
import type { AttributeMapping } from '../../scim/mapping/shape.ts';
import type { Backfill } from '../backfill/ports.ts';
import type { StoreCall } from '../ports.ts';
import { inWordsForOperators } from '../schemas/administer.ts';
import type { MappingAdministration } from './administer.ts';
import type { ChangedMapping, ShownMapping, ShownRebuild } from './answers.ts';

/** @throws {AdminRefusal} when there is no such application */
export async function showMapping(
  { applications, backfills, now }: MappingAdministration,
  request: RequestOf<'app.map.show'>,
  call: StoreCall,
): Promise<Administered<ShownMapping>> {
  const at = new Date(now());
  const { key, mapping } = applicationIn(await applications.list(call), request.application, at);
  const rebuilds = (await backfills.list(call)).filter(({ name }) => rebuildNamed(name)?.application === key).map(toShown);
  return { result: { application: key, mapping: mapping ?? null, rebuilds }, event: eventOf(request, at, { application: key }) };
}

function toShown({ type, beginsAtMs, total = 0, seen, changed, stuck, stuckIds, startedAt, finishedAt }: Backfill): ShownRebuild {
  const begun = { resourceType: type, seen, total, changed, stuck, stuckIds, startedAt };
  if (finishedAt !== undefined) return { ...begun, state: 'done', finishedAt };
  return { ...begun, state: beginsAtMs === undefined || total === 0 ? 'waiting' : 'running' };
}

/**
 * Sets an application's mapping as a whole; every function follows within 30 s.
 *
 * @throws {AdminRefusal} when there is no such application, or naming every mistake in the mapping
 */
export async function setMapping(
  administration: MappingAdministration,
  request: RequestOf<'app.map.set'>,
  call: StoreCall,
): Promise<Administered<ChangedMapping>> {
  const { registry } = await administration.open(call);
  const mapping = inWordsForOperators(() => parseMapping(registry, request.mapping));
  return change(administration, request, mapping, call);
}

/** @throws {AdminRefusal} when there is no such application */
export const removeMapping = (
  administration: MappingAdministration,
  request: RequestOf<'app.map.remove'>,
  call: StoreCall,
): Promise<Administered<ChangedMapping>> => change(administration, request, undefined, call);

async function change(
  { applications, now }: MappingAdministration,
  request: RequestOf<'app.map.set' | 'app.map.remove'>,
  wanted: AttributeMapping | undefined,
  call: StoreCall,
): Promise<Administered<ChangedMapping>> {
  const at = new Date(now());
  const { dryRun } = request;
  let changes: ChangedMapping['changes'] = [];
  const decide = (all: readonly Application[]) => {
    const { mapping: former, ...application } = applicationIn(all, request.application, at);
    changes = compareMappings(former ?? {}, wanted ?? {});
    return { put: [{ ...application, mapping: wanted }] };
  };
  if (dryRun) decide(await applications.list(call));
  else await applications.change(decide, call);
  return {
    result: { dryRun, application: request.application, changes },
    event: eventOf(request, at, { application: request.application, ...(dryRun && { dryRun }) }),
  };
}
