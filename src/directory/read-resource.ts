import { ScimError } from '../scim/errors.ts';
import type { Projection } from '../scim/projection.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import type { Directory, RequestContext } from './context.ts';
import { includeFor } from './include.ts';
import type { Include, Loaded } from './ports.ts';

/**
 * Reads one resource with what the projection needs (RFC 7644 §3.4.1).
 *
 * @throws {ScimError} notFound
 */
export const readResource = (
  directory: Directory,
  context: RequestContext,
  type: ResourceType,
  id: string,
  projection: Projection,
): Promise<Loaded> => loadExisting(directory, context, type, id, includeFor(type, projection));

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
  return loaded;
}

export const notFound = ({ name }: ResourceType): ScimError => new ScimError('notFound', `No ${name} has this id.`);
