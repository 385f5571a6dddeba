import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isObject, type Json } from '../../../src/scim/json.ts';
import { ALL_LENIENCIES } from '../../../src/scim/leniency.ts';
import { parseProjection, project, wants } from '../../../src/scim/projection.ts';
import { topLevelPaths } from '../../../src/scim/schema/lookup.ts';
import { parseResource } from '../../../src/scim/schema/parse-resource.ts';
import { USER } from '../../../src/scim/schema/resource-types.ts';
import { bodies } from './arbitraries.ts';

const known = topLevelPaths(USER).flatMap(({ name, attribute }) => [
  name,
  ...(attribute.subAttributes ?? []).map((sub) => `${name}.${sub.name}`),
]);
const names = fc.option(
  fc.array(fc.oneof(fc.constantFrom(...known), fc.string({ maxLength: 5 })), { maxLength: 4 }).map((list) => list.join(',')),
  { nil: undefined },
);
const resources = bodies.map((body) => ({ id: '1', schemas: [USER.schema.id], ...parseResource(USER, body, ALL_LENIENCIES).document }));

/** Says whether all of `part` is in `whole`. */
function isWithin(part: Json | undefined, whole: Json | undefined): boolean {
  if (Array.isArray(part)) return Array.isArray(whole) && part.every((value) => whole.some((other) => isWithin(value, other)));
  if (!isObject(part)) return part === whole;
  return isObject(whole) && Object.entries(part).every(([name, value]) => isWithin(value, whole[name]));
}

describe('any projection', () => {
  it('shows nothing that is not in the resource, and always id and schemas', () => {
    fc.assert(
      fc.property(resources, names, names, (resource, attributes, excluded) => {
        const projected = project(USER, resource, parseProjection(USER, attributes, excluded));

        expect(isWithin(projected, resource)).toBe(true);
        expect(projected).toMatchObject({ id: '1', schemas: [USER.schema.id] });
      }),
      { numRuns: 2_000 },
    );
  });

  it('shows nothing it does not want', () => {
    fc.assert(
      fc.property(resources, names, names, (resource, attributes, excluded) => {
        const projection = parseProjection(USER, attributes, excluded);
        const projected = project(USER, resource, projection);

        for (const name of ['emails', 'name', 'title']) {
          if (!wants(projection, name)) expect(projected).not.toHaveProperty(name);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
