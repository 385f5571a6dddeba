import { MAX_BULK_OPERATIONS } from '../../src/scim/bulk/request.ts';
import type { JsonObject } from '../../src/scim/json.ts';
import type { Registry, ResourceType } from '../../src/scim/schema/resource-type.ts';
import { URN } from '../../src/scim/urn.ts';
import { component, exactly } from './component.ts';

const TEXT: JsonObject = { type: 'string' };

/** RFC 7644 §3.7. */
export const bulkRequestSchema = (registry: Registry): JsonObject => ({
  description: 'Changes to several resources, each made or refused by itself.',
  type: 'object',
  required: ['schemas', 'Operations'],
  properties: {
    schemas: exactly(URN.bulkRequest),
    failOnErrors: { type: 'integer', minimum: 1, description: 'Stop after so many refusals.' },
    Operations: { type: 'array', minItems: 1, maxItems: MAX_BULK_OPERATIONS, items: { anyOf: registry.flatMap(operationsOf) } },
  },
});

export const bulkResponseSchema: JsonObject = {
  description: 'What became of each operation, in the order of the request.',
  type: 'object',
  required: ['schemas', 'Operations'],
  additionalProperties: false,
  properties: {
    schemas: exactly(URN.bulkResponse),
    Operations: {
      type: 'array',
      items: {
        type: 'object',
        required: ['status'],
        additionalProperties: false,
        properties: {
          method: { type: 'string', pattern: '^[A-Z]{1,20}$' },
          bulkId: TEXT,
          version: TEXT,
          location: { type: 'string', format: 'uri' },
          status: { type: 'string', pattern: '^[2-5][0-9]{2}$' },
          response: component('schemas/Error'),
        },
      },
    },
  },
};

function operationsOf({ name, endpoint }: ResourceType): readonly JsonObject[] {
  const one = { type: 'string', pattern: `^${endpoint}/[^/]+$` };
  const body = component(`schemas/${name}Body`);
  return [
    operation(['bulkId', 'data'], {
      method: { const: 'POST' },
      path: { const: endpoint },
      bulkId: { type: 'string', minLength: 1 },
      data: body,
    }),
    operation(['data'], { method: { const: 'PUT' }, path: one, version: TEXT, data: body }),
    operation(['data'], { method: { const: 'PATCH' }, path: one, version: TEXT, data: component(`schemas/${name}Patch`) }),
    operation([], { method: { const: 'DELETE' }, path: one, version: TEXT }),
  ];
}

const operation = (required: readonly string[], properties: JsonObject): JsonObject => ({
  type: 'object',
  required: ['method', 'path', ...required],
  properties,
});
