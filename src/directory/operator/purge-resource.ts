import { AdminRefusal } from '../../access/admin-refusal.ts';
import type { RequestOf } from '../../access/admin-request.ts';
import { type Administered, eventOf } from '../../access/administration.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { deleteResource } from '../delete-resource.ts';
import type { StoreCall } from '../ports.ts';
import { typeNamed } from '../removed/find-removed.ts';
import { type DirectoryAdministration, type OpenedDirectory, operatorContext } from './administration.ts';
import type { Purged } from './answers.ts';
import { forgetMe } from './me-references.ts';
import { seek } from './seek.ts';
import { identify } from './summarise.ts';

type Asked = RequestOf<'resource.purge'>;
/** What is to be purged; of one that is gone nothing but its id is known. */
type Target = Pick<Purged, 'id' | 'name' | 'state'>;

/**
 * Takes a resource away for good: itself, what was kept for a restore, its memberships, and each trace of its id that the
 * directory has left elsewhere. Whatever is left when the time is over is done by the next part; a purge that broke off is
 * finished by another one of the same id.
 *
 * @throws {AdminRefusal} when there is no such resource, or it came back meanwhile
 */
export async function purgeResource(
  administration: DirectoryAdministration,
  request: Asked,
  call: StoreCall,
): Promise<Administered<Purged>> {
  const opened = await administration.open(call);
  const at = new Date(administration.now());
  const type = typeNamed(opened.registry, request.type);
  const target = await targetOf(opened, type, request, call);
  const begun = { type: type.name, ...target, dryRun: request.dryRun, isComplete: false, ...NOTHING };
  const result = request.dryRun ? begun : { ...begun, ...(await purge(administration, opened, type, target, request.after, at, call)) };
  const counts = { items: result.items, erased: result.erased };
  const concerned = {
    resourceType: type.name,
    resourceId: target.id,
    ...(target.name !== undefined && { subject: target.name }),
    counts,
    ...(request.after !== undefined && { continued: true as const }),
    ...(request.dryRun && { dryRun: true as const }),
  };
  return { result, event: eventOf(request, at, concerned) };
}

const NOTHING = { items: 0, erased: 0, passing: 0, mentionedBy: [] } as const;
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** An id that leads nowhere may be that of a purge that broke off. */
async function targetOf(opened: OpenedDirectory, type: ResourceType, { resource: idOrName }: Asked, call: StoreCall): Promise<Target> {
  const id = idOrName.toLowerCase();
  try {
    const { kind, resource } = await seek(opened, type, idOrName, call);
    return { ...identify(type, resource), state: kind };
  } catch (error) {
    if (!(error instanceof AdminRefusal && ID.test(id))) throw error;
    await refuseAlive(opened, id, call);
    return { id, state: 'gone' };
  }
}

async function refuseAlive({ directory: { store } }: OpenedDirectory, id: string, call: StoreCall): Promise<void> {
  const type = (await store.aliveTypes([id], call)).get(id);
  if (type !== undefined) throw new AdminRefusal(`A ${type} has the id ${id} now: nothing more has been purged.`);
}

type Progress = Pick<Purged, 'isComplete' | 'after' | 'items' | 'erased' | 'passing' | 'mentionedBy'>;

async function purge(
  { applications }: DirectoryAdministration,
  opened: OpenedDirectory,
  type: ResourceType,
  { id, state }: Target,
  after: string | undefined,
  at: Date,
  call: StoreCall,
): Promise<Progress> {
  const { records } = opened;
  if (state === 'there') {
    if (after !== undefined) throw new AdminRefusal(`A ${type.name} has the id ${id} again: it was restored meanwhile. Begin anew.`);
    await deleteResource(opened.directory, operatorContext(call, at), type, id, {});
  }
  await records.giveUp(type.name, id, call);
  await refuseAlive(opened, id, call);
  const { rows } = after === undefined ? await opened.sweeper.perform({ kind: 'sweep', type: type.name, id }, call) : { rows: 0 };
  if (!(await records.giveUpKept(type.name, id, call))) return { ...NOTHING, isComplete: false, erased: rows };
  const forgotten = await forgetMe(applications, id, call);
  const { items, erased, passing, mentionedBy, next } = await records.erase(id, after, call);
  return {
    items,
    erased: rows + forgotten + erased,
    passing,
    mentionedBy,
    isComplete: next === undefined,
    ...(next !== undefined && { after: next }),
  };
}
