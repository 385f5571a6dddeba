import type { Filter } from '../scim/filter/ast.ts';
import { fold } from '../scim/fold.ts';

/**
 * Lists the member ids a filter asks for, in whatever case, when all it does with members is to compare their ids for
 * equality; undefined when it needs to see every member.
 */
export function memberIdsIn(filter: Filter, membersAttribute: string): readonly string[] | undefined {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return both(memberIdsIn(filter.left, membersAttribute), memberIdsIn(filter.right, membersAttribute));
    case 'not':
      return memberIdsIn(filter.operand, membersAttribute);
    case 'compare':
      return filter.path.attribute.name === membersAttribute ? idOf(filter) : [];
    default:
      return filter.path.attribute.name === membersAttribute ? undefined : [];
  }
}

function idOf({ path, op, value }: Filter & { readonly kind: 'compare' }): readonly string[] | undefined {
  const isId = path.subAttribute === undefined || path.subAttribute.name === 'value';
  return isId && op === 'eq' && typeof value === 'string' ? [fold(value)] : undefined;
}

const both = (left: readonly string[] | undefined, right: readonly string[] | undefined): readonly string[] | undefined =>
  left === undefined || right === undefined ? undefined : [...left, ...right];
