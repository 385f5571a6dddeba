import type { JsonObject } from '../../src/scim/json.ts';
import { COMMON_ATTRIBUTES } from '../../src/scim/schema/common-attributes.ts';
import { MAX_VALUES } from '../../src/scim/schema/parse-value.ts';
import type { ResourceType } from '../../src/scim/schema/resource-type.ts';
import { objectSchema, propertySchemas, type Side } from './attribute-schema.ts';
import { commonAttribute } from './common-attribute.ts';
import { component } from './component.ts';

type Schemas = Readonly<Record<string, JsonObject>>;

/** The schemas of one resource type: what is returned, the attributes a client may write, and all it must send to create one. */
export const resourceSchemas = (type: ResourceType): Schemas => ({
  [type.name]: returnedResource(type),
  [`${type.name}Attributes`]: writableAttributes(type),
  [`${type.name}Body`]: sentResource(type),
});

const ETAG_PATTERN = '^W/"[1-9][0-9]*"$';

const returnedResource = (type: ResourceType): JsonObject => ({
  description: `${type.description} With \`attributes\` or \`excludedAttributes\`, only what these leave.`,
  type: 'object',
  required: COMMON_ATTRIBUTES.filter(({ returned }) => returned === 'always').map(({ name }) => name),
  additionalProperties: false,
  properties: {
    ...propertySchemas([...COMMON_ATTRIBUTES, ...type.schema.attributes], 'returned'),
    schemas: { type: 'array', items: { enum: urnsOf(type) }, contains: { const: type.schema.id }, uniqueItems: true },
    id: { type: 'string', format: 'uuid', readOnly: true },
    meta: metaSchema(type.name),
    ...extensionSchemas(type, 'returned'),
  },
});

function metaSchema(typeName: string): JsonObject {
  const attributes = commonAttribute('meta').subAttributes ?? [];
  const properties = {
    ...propertySchemas(attributes, 'returned'),
    resourceType: { const: typeName },
    location: { type: 'string', format: 'uri' },
    version: { type: 'string', pattern: ETAG_PATTERN },
  };
  return { type: 'object', readOnly: true, additionalProperties: false, properties };
}

function writableAttributes(type: ResourceType): JsonObject {
  const core = Object.entries(propertySchemas([commonAttribute('externalId'), ...type.schema.attributes], 'sent'));
  return {
    description: `What a client may write of a ${type.name}.`,
    type: 'object',
    properties: {
      ...Object.fromEntries(core.map(([name, schema]) => [name, name === type.membersAttribute ? schema : bounded(schema)])),
      ...extensionSchemas(type, 'sent'),
    },
  };
}

/** Members are kept apart from the group, and have no bound. */
const bounded = (schema: JsonObject): JsonObject => ('items' in schema ? { ...schema, maxItems: MAX_VALUES } : schema);

const sentResource = (type: ResourceType): JsonObject => ({
  description: `A ${type.name} to create, or to put in place of one. Attributes that no schema has are passed over.`,
  allOf: [component(`schemas/${type.name}Attributes`)],
  type: 'object',
  required: ['schemas', ...type.schema.attributes.filter(({ required }) => required).map(({ name }) => name)],
  properties: { schemas: { type: 'array', items: { type: 'string', examples: urnsOf(type) }, contains: { const: type.schema.id } } },
});

const urnsOf = ({ schema, extensions }: ResourceType): readonly string[] => [
  schema.id,
  ...extensions.map((extension) => extension.schema.id),
];

const extensionSchemas = ({ extensions }: ResourceType, side: Side): Schemas =>
  Object.fromEntries(
    extensions.map(({ schema }) => [schema.id, { description: schema.description, ...objectSchema(schema.attributes, side) }]),
  );
