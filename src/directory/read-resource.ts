import { ScimError } from '../scim/errors.ts';
import type { Projection } from '../scim/projection.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import { answerInclude, lacksMembers, tooManyMembers } from './answer-size.ts';
import type { Directory, RequestContext } from './context.ts';
import type { Include, Loaded } from './ports.ts';

/**
 * Reads one resource with what the projection needs (RFC 7644 §3.4.1).
 *
 * @throws {ScimError} notFound
 * @throws {ScimError} tooLarge — it has more members than an answer can carry; no more of them are read than tell so
 */
export async function readResource(
  directory: Directory,
  context: RequestContext,
  type: ResourceType,
  id: string,
  projection: Projection,
): Promise<Loaded> {
  const include = answerInclude(type, projection, context);
  const loaded = await loadExisting(directory, context, type, id, include);
  if (lacksMembers(loaded, include)) throw tooManyMembers(type, id);
  return loaded;
}

/** @throws {ScimError} notFound */
export async function loadExisting(
  { store }: Directory,
  context: RequestContext,
  type: ResourceType,
  id: string,
  include: Include,
): Promise<Loaded> {
  const loaded = await store.load(type.name, id, include, context);
  if (loaded === undefined) throw notFound(type);
  context.found?.(loaded.resource);
  return loaded;
}

export const notFound = ({ name }: ResourceType): ScimError => new ScimError('notFound', `No ${name} has this id.`);
