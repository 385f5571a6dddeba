import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Attribute } from '../schema/attribute.ts';
import type { Registry } from '../schema/resource-type.ts';

/**
 * Writes a request down so that two that mean the same are the same text: the names in an object have no order.
 *
 * What is never kept, a password, is left out: nothing that is made of this text can be used to guess it.
 */
export function canonicalContent(body: JsonObject, registry: Registry): string {
  const secrets = secretNames(registry);
  const isSecret = (path: Json | undefined): boolean =>
    typeof path === 'string' && secrets.has(path.toLowerCase().split(/[:.]/).at(-1) ?? '');
  const canonical = (object: JsonObject): JsonObject => {
    const members = Object.entries(object);
    const names = new Map(members.map(([name, value]) => [name.toLowerCase(), value]));
    const setsSecret = names.has('op') && isSecret(names.get('path'));
    const kept = members.filter(([name]) => !isSecret(name) && !(setsSecret && name.toLowerCase() === 'value'));
    return Object.fromEntries(kept.sort(([left], [right]) => (left < right ? -1 : 1)));
  };
  return JSON.stringify(body, (_name, value: unknown) => (isObject(value) ? canonical(value) : value));
}

/** Names of writeOnly attributes, without those that another attribute has as well: leaving that out would make different requests alike. */
function secretNames(registry: Registry): ReadonlySet<string> {
  const schemas = registry.flatMap(({ schema, extensions }) => [schema, ...extensions.map((extension) => extension.schema)]);
  const attributes = schemas.flatMap((schema) => schema.attributes);
  const others = [
    ...attributes.filter((attribute) => !isSecretive(attribute)),
    ...attributes.flatMap(({ subAttributes = [] }) => subAttributes),
  ];
  const shared = new Set(others.map(nameOf));
  return new Set(
    attributes
      .filter(isSecretive)
      .map(nameOf)
      .filter((name) => !shared.has(name)),
  );
}

const isSecretive = ({ mutability }: Attribute): boolean => mutability === 'writeOnly';
const nameOf = ({ name }: Attribute): string => name.toLowerCase();
