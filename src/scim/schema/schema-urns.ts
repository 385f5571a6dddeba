import { ScimError } from '../errors.ts';
import type { Json } from '../json.ts';
import type { Leniencies } from '../leniency.ts';
import { findExtension } from './lookup.ts';
import type { ResourceType } from './resource-type.ts';

const ENTERPRISE_USER = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** What OneLogin and SCIM 1 call the core schema of whatever resource it is. */
const CORE: ReadonlySet<string> = new Set(['urn:scim:schemas:core:1.0', 'urn:scim:schemas:core:2.0']);

/**
 * URNs of the enterprise extension: that of SCIM 2's drafts, OneLogin's, SCIM 1's, and the misspelt one of Microsoft's own
 * example. One that another begins with comes after it.
 */
const ALIASES: readonly string[] = [
  'urn:scim:schemas:extension:enterprise:2.0:user',
  'urn:scim:schemas:extension:enterprise:2.0',
  'urn:scim:schemas:extension:enterprise:1.0',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0user',
];

/** Puts the right URN for an alias that a name is or begins with. */
export function withoutAlias(name: string): string {
  const lowered = name.toLowerCase();
  const alias = ALIASES.find((candidate) => lowered === candidate || lowered.startsWith(`${candidate}:`));
  return alias === undefined ? name : ENTERPRISE_USER + name.slice(alias.length);
}

/** The URN of the extension that a key of a resource stands for. */
export const extensionNamed = (type: ResourceType, key: string, leniencies: Leniencies): string | undefined =>
  findExtension(type, leniencies.has('foreignSchemas') ? withoutAlias(key) : key)?.id;

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
  const draft = `urn:scim:schemas:core:2.0:${type.name}`.toLowerCase();
  const isForeignCore = (urn: string): boolean => leniencies.has('foreignSchemas') && (CORE.has(urn) || urn === draft);
  const isCore = (urn: string): boolean => urn.toLowerCase() === type.schema.id.toLowerCase() || isForeignCore(urn.toLowerCase());
  if (!urns.some(isCore)) throw new ScimError('invalidValue', `schemas must contain "${type.schema.id}".`);
  if (leniencies.has('foreignSchemas') || urns.every((urn) => isCore(urn) || findExtension(type, urn))) return;
  throw new ScimError('invalidValue', `schemas names a schema that ${type.name} does not have.`);
}
