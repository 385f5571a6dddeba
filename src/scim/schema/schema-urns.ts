import { ScimError } from '../errors.ts';
import type { Json } from '../json.ts';
import type { Leniencies } from '../leniency.ts';
import { findExtension } from './lookup.ts';
import type { ResourceType } from './resource-type.ts';

const ENTERPRISE_USER = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:user';

/** What OneLogin and SCIM 1 call the core schema of whatever resource it is. */
const CORE: ReadonlySet<string> = new Set(['urn:scim:schemas:core:1.0', 'urn:scim:schemas:core:2.0']);

/** OneLogin's and SCIM 1's URNs of the enterprise extension, and the misspelt one of Microsoft's own example. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['urn:scim:schemas:extension:enterprise:1.0', ENTERPRISE_USER],
  ['urn:scim:schemas:extension:enterprise:2.0', ENTERPRISE_USER],
  ['urn:ietf:params:scim:schemas:extension:enterprise:2.0user', ENTERPRISE_USER],
]);

/** The URN of the extension that a key of a resource stands for. */
export function extensionNamed(type: ResourceType, key: string, leniencies: Leniencies): string | undefined {
  const alias = leniencies.has('foreignSchemas') ? ALIASES.get(key.toLowerCase()) : undefined;
  return findExtension(type, alias ?? key)?.id;
}

/**
 * Accepts `schemas` if it names the schema of the resource type (RFC 7643 §3). An extension whose attributes are there
 * need not be named: Entra ID does not name its custom ones.
 *
 * @throws {ScimError} invalidValue
 */
export function requireSchemas(type: ResourceType, schemas: Json | undefined, leniencies: Leniencies): void {
  const isMissing = schemas === undefined || schemas === null || (Array.isArray(schemas) && schemas.length === 0);
  if (isMissing && leniencies.has('missingSchemas')) return;
  const urns = Array.isArray(schemas) ? schemas.filter((urn) => typeof urn === 'string') : [];
  if (!Array.isArray(schemas) || urns.length < schemas.length)
    throw new ScimError('invalidValue', `schemas must be a list of URNs with "${type.schema.id}" in it.`);
  const isCore = (urn: string): boolean =>
    urn.toLowerCase() === type.schema.id.toLowerCase() || (leniencies.has('foreignSchemas') && CORE.has(urn.toLowerCase()));
  if (!urns.some(isCore)) throw new ScimError('invalidValue', `schemas must contain "${type.schema.id}".`);
  if (leniencies.has('foreignSchemas') || urns.every((urn) => isCore(urn) || findExtension(type, urn))) return;
  throw new ScimError('invalidValue', `schemas names a schema that ${type.name} does not have.`);
}
