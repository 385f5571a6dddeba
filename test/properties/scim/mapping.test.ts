import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ScimError } from '../../../src/scim/errors.ts';
import { parseMapping } from '../../../src/scim/mapping/parse.ts';
import { compileMapping, profileOf } from '../../../src/scim/mapping/profile.ts';
import type { MappedAttribute } from '../../../src/scim/mapping/shape.ts';
import { pathNames } from '../../../src/scim/schema/lookup.ts';
import type { ResourceType } from '../../../src/scim/schema/resource-type.ts';
import { REGISTRY } from '../../../src/scim/schema/resource-types.ts';
import { deepFreeze } from '../../support/deep-freeze.ts';
import { outcomeOf } from '../../support/outcome-of.ts';
import { runs } from '../../support/property-runs.ts';
import { documents, TYPES } from './resources.arbitrary.ts';

/** Entries that mean something for the type, of any of its attributes that has simple values. */
function entries(type: ResourceType): fc.Arbitrary<readonly MappedAttribute[]> {
  const isMappable = (path: string): boolean => compileMapping(type, [{ target: 'it', path }])[0]?.faults.length === 0;
  const path = fc.constantFrom(...pathNames(type).filter(isMappable));
  const paths = fc.array(path, { minLength: 2, maxLength: 3 });
  const source = fc.oneof(
    fc.record({ path }),
    fc.record({ firstOf: paths }),
    fc.record({ join: paths, separator: fc.constantFrom('', '-') }),
    fc.record({ constant: fc.constantFrom('a', 1, false) }),
  );
  return fc
    .array(source, { minLength: 1, maxLength: 8 })
    .map((sources) => sources.map((one, index): MappedAttribute => ({ target: `target-${index}`, ...one })));
}

describe.each(TYPES)('any mapping of a $name', (type) => {
  const mapped = fc.tuple(entries(type), documents(type).map(deepFreeze));

  it('makes the same of the same resource, which it leaves alone, and has no name that is not mapped', () => {
    fc.assert(
      fc.property(mapped, ([some, document]) => {
        const made = profileOf(type, some, document);

        expect(profileOf(type, [...some], document)).toEqual(made);
        const targets = some.map(({ target }) => target);
        expect(Object.keys(made).filter((name) => !targets.includes(name))).toEqual([]);
      }),
      runs(200),
    );
  });

  it('has the default just where there would be nothing', () => {
    fc.assert(
      fc.property(mapped, ([some, document]) => {
        const made = profileOf(type, some, document);
        const withDefault = some.map((entry) => (entry.constant === undefined ? { ...entry, default: DEFAULT } : entry));
        const fit = withDefault.filter((_, index) => compileMapping(type, withDefault)[index]?.faults.length === 0);

        const defaulted = profileOf(type, fit, document);
        for (const { target } of fit) expect(defaulted[target]).toEqual(made[target] ?? DEFAULT);
      }),
      runs(200),
    );
  });
});

const DEFAULT = 'stands for nothing';

describe('any text or JSON', () => {
  it('is a mapping, or is refused in words', () => {
    const path = fc.oneof(fc.string(), fc.stringMatching(/^[a-z]{1,6}(\[[a-z]{1,5} (eq|pr) "?x"?\])?(\.value)?$/));
    const entry = fc.record({ target: fc.string(), path, all: fc.constant(true), default: fc.jsonValue() }, { requiredKeys: ['target'] });
    const file = fc.oneof(
      fc.jsonValue(),
      fc.record({ User: fc.array(entry) }),
      fc.record({ User: fc.array(fc.record({ target: fc.constant('a'), path })) }),
    );

    fc.assert(
      fc.property(file, (json) => {
        const outcome = outcomeOf(() => parseMapping(REGISTRY, json));

        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(ScimError);
      }),
      runs(500),
    );
  });
});
