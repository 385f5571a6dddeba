import type { MappedAttribute } from '../../../../src/scim/mapping/shape.ts';

/** How an attribute is made, in a few words: `userName, lowerCase`. */
export function describeEntry(entry: MappedAttribute): string {
  const { all, transforms = [], default: fallback } = entry;
  return [
    `${all ? 'all of ' : ''}${sourceOf(entry)}`,
    ...transforms,
    ...(fallback === undefined ? [] : [`or else ${JSON.stringify(fallback)}`]),
  ].join(', ');
}

function sourceOf({ path, firstOf, join, separator = ' ', constant }: MappedAttribute): string {
  if (firstOf !== undefined) return `first of ${firstOf.join(' | ')}`;
  if (join !== undefined) return join.join(` + ${JSON.stringify(separator)} + `);
  return path ?? `always ${JSON.stringify(constant)}`;
}
