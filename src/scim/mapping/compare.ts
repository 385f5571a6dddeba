import type { AttributeMapping, MappedAttribute } from './shape.ts';

export type MappingChange = {
  readonly kind: 'added' | 'changed' | 'removed' | 'unchanged';
  readonly resourceType: string;
  readonly target: string;
  /** How it is made now, and was made. */
  readonly from?: MappedAttribute;
  readonly to?: MappedAttribute;
};

/** Compares two mappings, one attribute of the vendor's at a time. */
export function compareMappings(before: AttributeMapping, after: AttributeMapping): readonly MappingChange[] {
  const types = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  return types.flatMap((resourceType) => {
    const [from, to] = [byTarget(before[resourceType]), byTarget(after[resourceType])];
    return [...new Set([...to.keys(), ...from.keys()])].map((target) => changeOf(resourceType, target, from.get(target), to.get(target)));
  });
}

const byTarget = (entries: readonly MappedAttribute[] = []): ReadonlyMap<string, MappedAttribute> =>
  new Map(entries.map((entry) => [entry.target, entry]));

function changeOf(resourceType: string, target: string, from: MappedAttribute | undefined, to: MappedAttribute | undefined): MappingChange {
  return { kind: kindOf(from, to), resourceType, target, ...(from && { from }), ...(to && { to }) };
}

function kindOf(from: MappedAttribute | undefined, to: MappedAttribute | undefined): MappingChange['kind'] {
  if (from === undefined) return 'added';
  if (to === undefined) return 'removed';
  return JSON.stringify(from) === JSON.stringify(to) ? 'unchanged' : 'changed';
}
