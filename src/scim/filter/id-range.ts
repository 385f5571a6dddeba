import type { Filter, Literal } from './ast.ts';

/** Bounds of the ids that can match, both of them included. */
export type IdRange = { readonly from?: string; readonly upTo?: string };

/** Ids are shorter; what is beyond decides nothing, and would be no key. */
const LONGEST_BOUND = 64;
/** Sorts behind every character of an id. */
const BEHIND_ALL = '~';

/** Finds the ids between which every match must be; the filter still has to be asked. */
export function idRange(filter: Filter): IdRange {
  if (filter.kind === 'and') return both(idRange(filter.left), idRange(filter.right));
  if (filter.kind !== 'compare' || filter.path.name !== 'id') return {};
  const bound = boundOf(filter.value);
  if (bound === '') return {};
  switch (filter.op) {
    case 'gt':
    case 'ge':
      return { from: bound };
    case 'lt':
    case 'le':
      return { upTo: bound };
    case 'sw':
      return { from: bound, upTo: `${bound}${BEHIND_ALL}` };
    default:
      return {};
  }
}

const boundOf = (value: Literal): string => (typeof value === 'string' ? value.slice(0, LONGEST_BOUND).toWellFormed() : '');

function both(left: IdRange, right: IdRange): IdRange {
  const from = [left.from, right.from]
    .filter((bound) => bound !== undefined)
    .sort()
    .at(-1);
  const upTo = [left.upTo, right.upTo].filter((bound) => bound !== undefined).sort()[0];
  return { ...(from !== undefined && { from }), ...(upTo !== undefined && { upTo }) };
}
