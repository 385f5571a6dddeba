import { type Filter, unreachable } from './ast.ts';

/** Names the top-level attributes a filter reads, those of an extension with their URN. */
export function attributesOf(filter: Filter): ReadonlySet<string> {
  switch (filter.kind) {
    case 'compare':
    case 'present': {
      const { extension, attribute } = filter.path;
      return new Set([extension === undefined ? attribute.name : `${extension}:${attribute.name}`]);
    }
    case 'valuePath':
      return new Set([filter.path.name]);
    case 'not':
      return attributesOf(filter.operand);
    case 'and':
    case 'or':
      return new Set([...attributesOf(filter.left), ...attributesOf(filter.right)]);
    default:
      return unreachable(filter);
  }
}
