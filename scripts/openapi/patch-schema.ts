import type { Json, JsonObject } from '../../src/scim/json.ts';
import { MAX_OPERATIONS } from '../../src/scim/patch/request.ts';
import type { Attribute } from '../../src/scim/schema/attribute.ts';
import type { ResourceType } from '../../src/scim/schema/resource-type.ts';
import { URN } from '../../src/scim/urn.ts';
import { commonAttribute } from './common-attribute.ts';
import { component, exactly } from './component.ts';

const SETS: JsonObject = { enum: ['add', 'replace'] };
const REMOVES: JsonObject = { const: 'remove' };

/** An attribute as a PATCH names it, and where in the document the schema of its value is. */
type Writable = { readonly path: string; readonly attribute: Attribute; readonly pointer: string };

/** The PatchOp of a resource type (RFC 7644 §3.5.2): each attribute with its own type, then all that a path can say beyond. */
export function patchSchema(type: ResourceType): JsonObject {
  const writable = writableOf(type);
  const removable = writable.filter(({ attribute }) => !attribute.required && attribute.mutability === 'readWrite');
  return {
    description: `Changes to a ${type.name}: all of them or none.`,
    type: 'object',
    required: ['schemas', 'Operations'],
    properties: {
      schemas: exactly(URN.patchOp),
      Operations: {
        type: 'array',
        minItems: 1,
        maxItems: MAX_OPERATIONS,
        items: {
          anyOf: [
            ...writable.map(({ path, pointer }) =>
              operation('Sets an attribute.', SETS, { path: { const: path }, value: component(pointer) }),
            ),
            operation('Removes an attribute.', REMOVES, { path: { enum: removable.map(({ path }) => path) } }),
            operation('Sets several attributes.', SETS, { value: component(`schemas/${type.name}Attributes`) }),
            anyOperation,
          ],
        },
      },
    },
  };
}

const operation = (description: string, op: JsonObject, members: JsonObject): JsonObject => ({
  description,
  type: 'object',
  required: ['op', ...Object.keys(members)],
  properties: { op, ...members },
});

const anyOperation: JsonObject = {
  description: 'Changes what the path selects: an attribute, a sub-attribute, or the values of a list that a filter selects.',
  type: 'object',
  required: ['op', 'path'],
  properties: {
    op: { enum: ['add', 'remove', 'replace'] },
    path: { type: 'string', examples: ['name.familyName', 'emails[type eq "work"].value'] satisfies Json },
    value: {},
  },
};

function writableOf({ name, schema, extensions }: ResourceType): readonly Writable[] {
  const at = (attribute: Attribute, prefix: string, below: readonly string[]): Writable => ({
    path: prefix + attribute.name,
    attribute,
    pointer: [`schemas/${name}Attributes/properties`, ...below, attribute.name].join('/'),
  });
  return [
    ...[commonAttribute('externalId'), ...schema.attributes].map((attribute) => at(attribute, '', [])),
    ...extensions.flatMap(({ schema: { id, attributes } }) => attributes.map((attribute) => at(attribute, `${id}:`, [id, 'properties']))),
  ].filter(({ attribute }) => attribute.mutability !== 'readOnly');
}
