import type { Json, JsonObject } from '../../src/scim/json.ts';
import type { Attribute } from '../../src/scim/schema/attribute.ts';
import { topLevelPaths } from '../../src/scim/schema/lookup.ts';
import type { ResourceType } from '../../src/scim/schema/resource-type.ts';

const VALUES: Readonly<Record<Attribute['type'], Json>> = {
  string: 'a value of some length',
  reference: 'https://scim.example.com/Users/1',
  boolean: true,
  integer: 42,
  decimal: 0.1,
  dateTime: '2011-05-13T04:42:34.1234567Z',
  binary: 'QUJD',
  complex: {},
};

/** Values of each list: as many as one attribute may have. */
const LIST = 100;

const known = new Map<ResourceType, JsonObject>();

/** A resource that has a value for everything, so that no filter gets away with finding nothing. */
export function fullResource(type: ResourceType): JsonObject {
  const resource = known.get(type) ?? filled(type);
  known.set(type, resource);
  return resource;
}

function filled(type: ResourceType): JsonObject {
  const paths = topLevelPaths(type);
  const valuesOf = (extension: string | undefined): JsonObject =>
    Object.fromEntries(
      paths.filter((path) => path.extension === extension).map(({ attribute }) => [attribute.name, exampleOf(attribute, LIST)]),
    );
  return { ...valuesOf(undefined), ...Object.fromEntries(type.extensions.map(({ schema: { id } }) => [id, valuesOf(id)])) };
}

function exampleOf({ type, multiValued, subAttributes }: Attribute, count: number): Json {
  const single = subAttributes ? Object.fromEntries(subAttributes.map((sub) => [sub.name, exampleOf(sub, 3)])) : VALUES[type];
  return multiValued ? Array.from({ length: count }, () => single) : single;
}
