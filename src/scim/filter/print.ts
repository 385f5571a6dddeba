import { type Filter, unreachable } from './ast.ts';

/** Writes a filter down so that parsing gives it back. */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'compare':
      return `${filter.path.name} ${filter.op} ${JSON.stringify(filter.value)}`;
    case 'present':
      return `${filter.path.name} pr`;
    case 'and':
    case 'or':
      return `${group(filter.left)} ${filter.kind} ${group(filter.right)}`;
    case 'not':
      return `not (${printFilter(filter.operand)})`;
    case 'valuePath':
      return `${filter.path.name}[${printFilter(filter.filter)}]`;
    default:
      return unreachable(filter);
  }
}

const group = (filter: Filter): string =>
  filter.kind === 'and' || filter.kind === 'or' ? `(${printFilter(filter)})` : printFilter(filter);
