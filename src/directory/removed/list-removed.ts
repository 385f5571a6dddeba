import type { RequestOf } from '../../access/admin-request.ts';
import { type Administered, eventOf } from '../../access/administration.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { subjectOf } from '../../scim/schema/subject.ts';
import type { RemovedResource, StoreCall } from '../ports.ts';
import type { ListedRemoved, RemovedSummary } from './answers.ts';
import { type RemovedAdministration, typeNamed } from './find-removed.ts';

/** So many are shown; a name or an id finds any other. */
const SHOWN = 1_000;

/** Lists what was removed and can be restored, latest first. */
export async function listRemoved(
  administration: RemovedAdministration,
  request: RequestOf<'resource.removed'>,
  call: StoreCall,
): Promise<Administered<ListedRemoved>> {
  const { registry, store } = await administration.open(call);
  const type = typeNamed(registry, request.type);
  let latest: readonly RemovedSummary[] = [];
  let total = 0;
  for await (const chunk of store.listRemoved(type.name, call)) {
    total += chunk.length;
    latest = [...latest, ...chunk.map((each) => summarise(type, each))]
      .toSorted((one, other) => other.removedAt.localeCompare(one.removedAt))
      .slice(0, SHOWN);
  }
  return {
    result: { type: type.name, total, removed: latest },
    event: eventOf(request, new Date(administration.now()), { resourceType: type.name }),
  };
}

function summarise(type: ResourceType, { resource, removal, until }: RemovedResource): RemovedSummary {
  const name = subjectOf(type, resource.attributes);
  return {
    id: resource.id,
    ...(name !== undefined && { name }),
    removedAt: removal.at,
    removedBy: removal.application,
    ...(until !== undefined && { until: new Date(until * 1_000).toISOString() }),
  };
}
