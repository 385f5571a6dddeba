import type { JsonObject } from '../json.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import type { MappedValue } from './compile.ts';
import { compileMapping } from './profile.ts';
import type { MappedAttribute } from './shape.ts';

/** What comes out for one attribute of the vendor's, or why nothing does. */
export type ExplainedAttribute =
  | { readonly target: string; readonly value: MappedValue }
  | { readonly target: string; readonly reason: string };

/** Makes a profile, and says of each attribute that has no value why. */
export const explainProfile = (
  type: ResourceType,
  entries: readonly MappedAttribute[],
  document: JsonObject,
): readonly ExplainedAttribute[] =>
  compileMapping(type, entries).map(({ target, faults, read }, index) => {
    const value = read(document);
    if (value !== undefined) return { target, value };
    return { target, reason: faults[0] ?? lacking(entries[index]) };
  });

function lacking({ path = '', firstOf, join }: Partial<MappedAttribute> = {}): string {
  const paths = firstOf ?? join;
  return `${paths === undefined ? `${path} has no value` : `none of ${paths.join(', ')} has a value`}, and there is no default.`;
}
