import fc from 'fast-check';
import type { Json, JsonObject } from '../../../src/scim/json.ts';
import { NO_LENIENCIES } from '../../../src/scim/leniency.ts';
import type { Attribute } from '../../../src/scim/schema/attribute.ts';
import { COMMON_ATTRIBUTES } from '../../../src/scim/schema/common-attributes.ts';
import { parseResource } from '../../../src/scim/schema/parse-resource.ts';
import type { ResourceType } from '../../../src/scim/schema/resource-type.ts';
import { GROUP, USER } from '../../../src/scim/schema/resource-types.ts';
import { DEVICE } from '../../support/scim-every-type.ts';
import { anyValue, asJson } from './values.arbitrary.ts';

export const TYPES: readonly ResourceType[] = [USER, GROUP, DEVICE];

const isWritten = ({ mutability }: Attribute): boolean => mutability !== 'readOnly';

/** Some of the attributes, and always those that are required. */
const recordOf = (attributes: readonly Attribute[], writes: (attribute: Attribute) => boolean): fc.Arbitrary<JsonObject> => {
  const present = attributes.filter(writes);
  return fc
    .shuffledSubarray([...present], { maxLength: Math.min(6, present.length) })
    .chain((some) =>
      fc.record(
        Object.fromEntries([...some, ...present.filter(({ required }) => required)].map((each) => [each.name, assignedTo(each, writes)])),
      ),
    )
    .map(asJson);
};

const assignedTo = (attribute: Attribute, writes: (attribute: Attribute) => boolean): fc.Arbitrary<Json> =>
  attribute.required && !attribute.multiValued ? fc.constantFrom('a', 'A', 'ab') : anyValue(attribute, writes);

const extensionsOf = ({ extensions }: ResourceType, writes: (attribute: Attribute) => boolean): fc.Arbitrary<JsonObject> =>
  fc
    .record(Object.fromEntries(extensions.map(({ schema }) => [schema.id, recordOf(schema.attributes, writes)])), { requiredKeys: [] })
    .map(asJson);

const EXTERNAL_ID = COMMON_ATTRIBUTES.filter(isWritten);

/** The body of a POST that is accepted. */
export const bodies = (type: ResourceType): fc.Arbitrary<JsonObject> =>
  fc
    .tuple(recordOf([...EXTERNAL_ID, ...type.schema.attributes], isWritten), extensionsOf(type, isWritten))
    .map(([core, extensions]) => ({ schemas: [type.schema.id], ...core, ...extensions }));

/** What the directory keeps of one. */
export const documents = (type: ResourceType): fc.Arbitrary<JsonObject> =>
  bodies(type).map((body) => parseResource(type, body, NO_LENIENCIES).document);

/** A resource with anything its schemas have, what only the server writes as well. */
export const resources = (type: ResourceType): fc.Arbitrary<JsonObject> =>
  fc
    .tuple(
      recordOf(
        COMMON_ATTRIBUTES.filter(({ name }) => name !== 'schemas'),
        () => true,
      ),
      recordOf(type.schema.attributes, () => true),
      extensionsOf(type, () => true),
    )
    .map(([common, core, extensions]) => ({ ...common, schemas: [type.schema.id], ...core, ...extensions, id: '1' }));
