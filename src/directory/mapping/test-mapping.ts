import { AdminRefusal } from '../../access/admin-refusal.ts';
import type { RequestOf } from '../../access/admin-request.ts';
import { type Administered, eventOf } from '../../access/administration.ts';
import { type Application, DEFAULT_APPLICATION } from '../../access/application.ts';
import { applicationIn } from '../../access/applications/find-application.ts';
import { revisionOf } from '../../access/mapping-rebuilds.ts';
import { ScimError } from '../../scim/errors.ts';
import { isObject, type Json, type JsonObject } from '../../scim/json.ts';
import { explainProfile } from '../../scim/mapping/explain.ts';
import { parseMapping } from '../../scim/mapping/parse.ts';
import { entriesFor } from '../../scim/mapping/profile.ts';
import type { MappedAttribute } from '../../scim/mapping/shape.ts';
import { parseResource } from '../../scim/schema/parse-resource.ts';
import type { Registry, ResourceType } from '../../scim/schema/resource-type.ts';
import { appliedLeniencies } from '../leniencies.ts';
import type { StoreCall } from '../ports.ts';
import { typeNamed } from '../removed/find-removed.ts';
import type { StoredResource } from '../resource.ts';
import { inWordsForOperators } from '../schemas/administer.ts';
import type { MappingAdministration } from './administer.ts';
import type { TestedMapping } from './answers.ts';
import { findResource } from './find-resource.ts';
import { mappable } from './profile.ts';

/**
 * Shows what a mapping makes of a resource that is there, or of the body of a POST, and why an attribute has no value.
 * Nothing is written.
 *
 * @throws {AdminRefusal} there is no such resource, application or mapping, or one that is sent is wrong
 */
export async function testMapping(
  administration: MappingAdministration,
  request: RequestOf<'app.map.test'>,
  call: StoreCall,
): Promise<Administered<TestedMapping>> {
  const { applications, open, now } = administration;
  const at = new Date(now());
  const { resource: idOrName, body } = request;
  if ((idOrName === undefined) === (body === undefined))
    throw new AdminRefusal('app.map.test takes a resource, by its id or name, or a body: give one of the two.');
  const { registry, store } = await open(call);
  const type = typeNamed(registry, request.type);
  const found = idOrName === undefined ? undefined : await findResource(store, type, idOrName, call);
  const application = applicationIn(await applications.list(call), request.application ?? found?.createdBy ?? DEFAULT_APPLICATION, at);
  const entries = entriesOf(registry, type, application, request.mapping);
  const document = found === undefined ? documentIn(type, application, body) : mappable(type, found);
  return {
    result: {
      application: application.key,
      resourceType: type.name,
      ...(found && { resource: standingOf(found, entries) }),
      attributes: explainProfile(type, entries, document),
    },
    event: eventOf(request, at, { application: application.key, resourceType: type.name, ...(found && { resourceId: found.id }) }),
  };
}

function entriesOf(
  registry: Registry,
  type: ResourceType,
  { key, mapping }: Application,
  sent: Json | undefined,
): readonly MappedAttribute[] {
  const entries = entriesFor(sent === undefined ? mapping : inWordsForOperators(() => parseMapping(registry, sent)), type);
  if (entries !== undefined) return entries;
  throw new AdminRefusal(
    sent === undefined
      ? `The application "${key}" maps no attributes of ${type.name}: set a mapping with "scim app map set", or try one with --mapping FILE.`
      : `The mapping has no list for ${type.name}.`,
  );
}

/** What a POST of this body by the application would store. */
function documentIn(type: ResourceType, { policy }: Application, body: Json | undefined): JsonObject {
  if (!isObject(body)) throw new AdminRefusal('The request must be the JSON object that a client sends.');
  try {
    return parseResource(type, body, appliedLeniencies(policy)).document;
  } catch (cause) {
    if (cause instanceof ScimError) throw new AdminRefusal(`The request would be refused: ${cause.message}`, { cause });
    throw cause;
  }
}

function standingOf({ id, createdBy, profile }: StoredResource, entries: readonly MappedAttribute[]): TestedMapping['resource'] {
  if (profile === undefined) return { id, createdBy, profile: 'none' };
  return { id, createdBy, profile: profile.revision === revisionOf(entries) ? 'current' : 'outdated' };
}
