import type { JsonObject } from '../../src/scim/json.ts';
import type { Attribute, AttributeType } from '../../src/scim/schema/attribute.ts';
import { MAX_BYTES } from '../../src/scim/schema/parse-leaf.ts';

/** What a client may send, or what it may get to see. */
export type Side = 'sent' | 'returned';

/** How a value of each type is written in JSON (RFC 7643 §2.3). A reference may be relative, so that any string may be one. */
const TYPES: Readonly<Record<Exclude<AttributeType, 'complex'>, JsonObject>> = {
  string: { type: 'string' },
  reference: { type: 'string' },
  boolean: { type: 'boolean' },
  integer: { type: 'integer' },
  decimal: { type: 'number' },
  dateTime: { type: 'string', format: 'date-time' },
  binary: { type: 'string', contentEncoding: 'base64', pattern: '^[A-Za-z0-9_+/-]*={0,2}$' },
};

const NOT_BLANK: JsonObject = { minLength: 1, pattern: '\\S' };

/** Renders an attribute's characteristics (RFC 7643 §2.2) as the JSON Schema of its value. */
function attributeSchema(attribute: Attribute, side: Side): JsonObject {
  const { description, multiValued, mutability } = attribute;
  const about: JsonObject = {
    ...(description !== '' && { description }),
    ...(mutability === 'readOnly' && { readOnly: true }),
    ...(mutability === 'writeOnly' && { writeOnly: true }),
  };
  const isOptional = side === 'sent' && !attribute.required;
  const one = attribute.type === 'complex' ? objectSchema(attribute.subAttributes ?? [], side) : leafSchema(attribute, side);
  const whole = multiValued ? { type: 'array', items: side === 'sent' ? nullable(one) : one } : one;
  return { ...about, ...(isOptional ? nullable(whole) : whole) };
}

/** Sent as null, a value is unassigned (RFC 7643 §2.5). */
const nullable = ({ type, ...schema }: JsonObject): JsonObject => ({ type: [type ?? 'object', 'null'], ...schema });

/**
 * Renders an object of attributes.
 *
 * What is returned has no other members; of what is sent, others are passed over (RFC 7644 §3.3).
 */
export function objectSchema(attributes: readonly Attribute[], side: Side): JsonObject {
  const required = attributes.filter((attribute) => isShown(attribute, side) && isRequired(attribute, side)).map(({ name }) => name);
  return {
    type: 'object',
    ...(required.length > 0 && { required }),
    ...(side === 'returned' && { additionalProperties: false }),
    properties: propertySchemas(attributes, side),
  };
}

export const propertySchemas = (attributes: readonly Attribute[], side: Side): Readonly<Record<string, JsonObject>> =>
  Object.fromEntries(
    attributes.filter((attribute) => isShown(attribute, side)).map((attribute) => [attribute.name, attributeSchema(attribute, side)]),
  );

const isShown = ({ mutability, returned }: Attribute, side: Side): boolean =>
  side === 'sent' ? mutability !== 'readOnly' : returned !== 'never';

/** `attributes` and `excludedAttributes` can take anything out of an answer but what is returned always. */
const isRequired = ({ required, returned }: Attribute, side: Side): boolean => (side === 'sent' ? required : returned === 'always');

/** `canonicalValues` are suggestions (RFC 7643 §7), hence no `enum`. */
function leafSchema({ type, required, maxBytes, canonicalValues }: Attribute, side: Side): JsonObject {
  const schema = TYPES[type === 'complex' ? 'string' : type];
  const longest = maxBytes ?? (type === 'binary' ? MAX_BYTES.binary : MAX_BYTES.text);
  return {
    ...schema,
    ...(side === 'sent' && schema['type'] === 'string' && { ...(required && NOT_BLANK), maxLength: longest }),
    ...(canonicalValues && { examples: canonicalValues }),
  };
}
