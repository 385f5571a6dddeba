import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ScimError } from '../../../src/scim/errors.ts';
import { ALL_LENIENCIES, type Leniencies, NO_LENIENCIES } from '../../../src/scim/leniency.ts';
import { type Pointed, parsePath } from '../../../src/scim/patch/path.ts';
import { printPath } from '../../../src/scim/patch/print-path.ts';
import type { ResourceType } from '../../../src/scim/schema/resource-type.ts';
import { outcomeOf } from '../../support/outcome-of.ts';
import { runs } from '../../support/property-runs.ts';
import { leniencies } from './leniencies.arbitrary.ts';
import { paths, writePath } from './patches.arbitrary.ts';
import { TYPES } from './resources.arbitrary.ts';
import { anyText, withSlip } from './texts.arbitrary.ts';
import { styles } from './write-filter.ts';

const parse = (type: ResourceType, text: string, forgiven: Leniencies): Pointed => parsePath(type, text, 'Operations[0]', forgiven);

const print = (pointed: Pointed): string => (pointed.kind === 'extension' ? pointed.schema.id : printPath(pointed.target));

describe.each(TYPES)('any path of a $name', (type) => {
  it('is given back by parsing what it is printed as', () => {
    fc.assert(
      fc.property(paths(type), styles(type.schema.id), (path, style) => {
        const pointed = parse(type, writePath(path, style), NO_LENIENCIES);

        expect(parse(type, print(pointed), NO_LENIENCIES)).toEqual(pointed);
      }),
      runs(300),
    );
  });
});

describe.each(TYPES)('any text, as a path of a $name,', (type) => {
  const written = fc.tuple(paths(type), styles(type.schema.id)).map(([path, style]) => writePath(path, style));
  const texts = fc.oneof(
    anyText(type),
    written.chain((text) => withSlip(type, text)),
  );

  it('is a path or a refusal, whatever is forgiven', () => {
    fc.assert(
      fc.property(texts, leniencies, (text, forgiven) => {
        const pointed = outcomeOf(() => parse(type, text, forgiven));

        if (pointed instanceof ScimError) expect(['invalidPath', 'invalidFilter']).toContain(pointed.kind);
        else expect(parse(type, print(pointed), ALL_LENIENCIES)).toEqual(pointed);
      }),
      runs(400),
    );
  });
});
