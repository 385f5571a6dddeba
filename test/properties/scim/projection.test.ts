import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isObject, type Json } from '../../../src/scim/json.ts';
import { parseProjection, project, wants } from '../../../src/scim/projection.ts';
import { topLevelPaths } from '../../../src/scim/schema/lookup.ts';
import type { ResourceType } from '../../../src/scim/schema/resource-type.ts';
import { runs } from '../../support/property-runs.ts';
import { isShown } from '../../support/scim-model-projection.ts';
import { type Place, valuesIn } from '../../support/scim-model-schema.ts';
import { parts } from './parts.arbitrary.ts';
import { resources, TYPES } from './resources.arbitrary.ts';

/** Everything that has a value of its own: attributes without parts, and parts. */
const placesOf = (type: ResourceType): readonly Place[] =>
  topLevelPaths(type).flatMap(({ extension, attribute }) => {
    const place = { attribute, ...(extension !== undefined && { extension }) };
    return attribute.subAttributes?.map((subAttribute) => ({ ...place, subAttribute })) ?? [place];
  });

const namesOf = (type: ResourceType): readonly string[] => [
  ...topLevelPaths(type).flatMap(({ name, attribute }) => [name, ...(attribute.subAttributes ?? []).map((sub) => `${name}.${sub.name}`)]),
  ...type.extensions.map(({ schema }) => schema.id),
];

const parameter = (type: ResourceType): fc.Arbitrary<readonly string[] | undefined> => {
  const known = fc.constantFrom(...namesOf(type));
  const name = fc.oneof({ arbitrary: known, weight: 9 }, fc.constantFrom('nothing', 'name.nothing', '__proto__', '[', '.'));
  return fc.option(fc.array(name, { minLength: 1, maxLength: 4 }), { nil: undefined });
};

/** Says whether all of `part` is in `whole`, at the same place. */
function isWithin(part: Json | undefined, whole: Json | undefined): boolean {
  if (Array.isArray(part)) return Array.isArray(whole) && part.every((value) => whole.some((other) => isWithin(value, other)));
  if (!isObject(part)) return part === whole;
  return isObject(whole) && Object.entries(part).every(([name, value]) => isWithin(value, whole[name]));
}

describe.each(TYPES)('any projection of a $name', (type) => {
  const asked = parts(type).chain((part) => fc.tuple(resources(part), parameter(part), parameter(part)));
  const places = placesOf(type);
  const defaults = topLevelPaths(type).flatMap(({ name, extension, attribute: { returned } }) =>
    extension === undefined && returned === 'default' ? [name] : [],
  );

  it('shows nothing that is not in the resource, and always id and schemas', () => {
    fc.assert(
      fc.property(asked, ([resource, attributes, excluded]) => {
        const projected = project(type, resource, parseProjection(type, attributes?.join(), excluded?.join(' , ')));

        expect(isWithin(projected, resource)).toBe(true);
        expect(projected).toMatchObject({ id: '1', schemas: [type.schema.id] });
      }),
      runs(300),
    );
  });

  it('shows each value that the book shows, and no other', () => {
    fc.assert(
      fc.property(asked, ([resource, attributes, excluded]) => {
        const projected = project(type, resource, parseProjection(type, attributes?.join(), excluded?.join().toUpperCase()));

        const wrong = places.filter((place) => {
          const shown = isShown(type, place, attributes, excluded) ? valuesIn(resource, place) : [];
          return !isDeepStrictEqual(valuesIn(projected, place), shown);
        });
        expect(wrong).toEqual([]);
      }),
      runs(100),
    );
  });

  it('shows nothing that is known beforehand not to be wanted', () => {
    fc.assert(
      fc.property(asked, ([resource, attributes, excluded]) => {
        const projection = parseProjection(type, attributes?.join(), excluded?.join());
        const projected = project(type, resource, projection);

        const unwanted = defaults.filter((name) => !wants(projection, name));
        expect(unwanted.filter((name) => Object.hasOwn(projected, name))).toEqual([]);
      }),
      runs(300),
    );
  });
});
