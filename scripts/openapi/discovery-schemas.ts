import { renderServiceProviderConfig } from '../../src/scim/discovery.ts';
import { isObject, type Json, type JsonObject } from '../../src/scim/json.ts';
import { attribute } from '../../src/scim/schema/attribute.ts';
import { URN } from '../../src/scim/urn.ts';
import { component, exactly } from './component.ts';

const TEXT: JsonObject = { type: 'string' };
const URI: JsonObject = { type: 'string', format: 'uri' };
const TEXTS: JsonObject = { type: 'array', items: TEXT };

/** What describes the service itself (RFC 7643 §5-§7). */
export const discoverySchemas: Readonly<Record<string, JsonObject>> = {
  ServiceProviderConfig: {
    description: 'What the service can do.',
    ...schemaOf(renderServiceProviderConfig('https://example.com/scim/v2')),
  },
  ResourceType: strict(
    'A type of resource that is served here.',
    {
      schemas: exactly(URN.resourceType),
      id: TEXT,
      name: TEXT,
      description: TEXT,
      endpoint: TEXT,
      schema: TEXT,
      meta: metaOf('ResourceType'),
    },
    { schemaExtensions: { type: 'array', items: strict('', { schema: TEXT, required: { type: 'boolean' } }) } },
  ),
  Schema: strict('Which attributes resources have.', {
    schemas: exactly(URN.schema),
    id: TEXT,
    name: TEXT,
    description: TEXT,
    attributes: { type: 'array', items: component('schemas/Attribute') },
    meta: metaOf('Schema'),
  }),
  Attribute: strict('An attribute and its characteristics.', characteristics(), {
    canonicalValues: TEXTS,
    referenceTypes: TEXTS,
    subAttributes: { type: 'array', items: component('schemas/Attribute') },
  }),
};

function strict(description: string, required: JsonObject, optional: JsonObject = {}): JsonObject {
  return {
    ...(description !== '' && { description }),
    type: 'object',
    required: Object.keys(required),
    additionalProperties: false,
    properties: { ...required, ...optional },
  };
}

function metaOf(resourceType: string): JsonObject {
  return strict('', { resourceType: { const: resourceType }, location: URI });
}

/** The characteristics that every attribute has (RFC 7643 §7). */
function characteristics(): JsonObject {
  return {
    ...Object.fromEntries(Object.entries(attribute('any')).map(([name, value]) => [name, { type: typeof value }])),
    type: { enum: ['string', 'boolean', 'decimal', 'integer', 'dateTime', 'reference', 'binary', 'complex'] },
    mutability: { enum: ['readOnly', 'readWrite', 'immutable', 'writeOnly'] },
    returned: { enum: ['always', 'never', 'default', 'request'] },
    uniqueness: { enum: ['none', 'server', 'global'] },
  };
}

/** Describes a value by an example of it: what it has is required, what it claims is fixed. */
function schemaOf(value: Json): JsonObject {
  if (Array.isArray(value)) return { type: 'array', items: itemsOf(value) };
  if (isObject(value)) return strict('', Object.fromEntries(Object.entries(value).map(([name, part]) => [name, schemaOf(part)])));
  return typeof value === 'string' ? TEXT : { const: value };
}

/** Elements that are not alike are described each by itself. */
function itemsOf(elements: readonly Json[]): JsonObject {
  const schemas = [...new Map(elements.map((element) => [JSON.stringify(schemaOf(element)), schemaOf(element)])).values()];
  const [only = { const: null }, ...others] = schemas;
  return others.length === 0 ? only : { anyOf: schemas };
}
