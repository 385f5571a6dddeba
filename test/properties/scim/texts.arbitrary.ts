import fc from 'fast-check';
import { COMPARISONS } from '../../../src/scim/filter/ast.ts';
import { pathNames } from '../../../src/scim/schema/lookup.ts';
import type { ResourceType } from '../../../src/scim/schema/resource-type.ts';

const SIGNS = ['(', ')', '[', ']', '.', '\\', '"', '""', '-', ':', '$ref', ' ', '\0', '\ud800'];
const WORDS = ['not', 'and', 'or', 'pr', 'PR', 'AND', '.value', 'type', '__proto__', 'constructor', 'urn:ietf:params:scim', ...COMPARISONS];
const LITERALS = ['"a"', '"\\u0000"', '"\\ud800"', '"2011-05-13T04:42:34Z"', 'true', 'FALSE', 'null', '1', '-1.5e3', '1e999', '-0', '01'];

const pieces = (type: ResourceType): fc.Arbitrary<string> => {
  const urns = [type.schema.id, ...type.extensions.map(({ schema }) => schema.id)];
  return fc.oneof(
    fc.constantFrom(...pathNames(type), ...urns, ...urns.map((urn) => `${urn}:`)),
    fc.constantFrom(...WORDS),
    fc.constantFrom(...SIGNS),
    fc.constantFrom(...LITERALS),
    fc.string({ maxLength: 3, unit: 'binary' }),
  );
};

/** What looks like a filter or a path, and mostly is neither. */
export const anyText = (type: ResourceType): fc.Arbitrary<string> =>
  fc.tuple(fc.array(pieces(type), { maxLength: 12 }), fc.constantFrom(' ', '')).map(([parts, separator]) => parts.join(separator));

/** A text in which something has come in, and something gone, at one place: often a value instead of another. */
export const withSlip = (type: ResourceType, text: string): fc.Arbitrary<string> => {
  const starts = [...text.matchAll(/(?<=\s)["\d-]|\b/g)].map(({ index }) => index);
  return fc
    .tuple(fc.constantFrom(...starts, 0), fc.nat({ max: 6 }), fc.oneof(pieces(type), fc.constantFrom(...LITERALS)), fc.boolean())
    .map(([start, gone, piece, isWord]) => {
      const rest = text.slice(start);
      return text.slice(0, start) + piece + (isWord ? rest.replace(/^("[^"]*"|[^\s()[\]]*)/, '') : rest.slice(gone));
    });
};
