import type { Row } from './operations.ts';
import type { Walk } from './pages.ts';
import type { Cost } from './site.ts';

/** 10,000 members in 20 s at 1,000 units a second. */
const MAX_UNITS_A_MEMBER = 2;

const numbersOf = ({ calls, roundTrips, writeUnits, readUnits }: Cost): string => [calls, roundTrips, writeUnits, readUnits].join(' ');

/** An operation whose numbers are not the same at every size. */
export function unequalRows(rows: readonly Row[]): readonly string[] {
  const byOperation = Map.groupBy(rows, ({ operation }) => operation);
  return [...byOperation].flatMap(([operation, same]) => {
    const numbers = new Set(same.map(({ cost }) => numbersOf(cost)));
    return numbers.size === 1 ? [] : [`${operation} is not flat: calls, trips, write and read units are ${[...numbers].join(' or ')}`];
  });
}

/**
 * A walk on which a page costs more than the one before it. The first finds no bookmark and the last leaves none, so these
 * two may cost less.
 */
export function unequalPages({ operation, size, pages }: Walk): readonly string[] {
  const inner = new Set(pages.slice(1, -1).map(numbersOf));
  const most = pages[1];
  const isMore = (page: Cost | undefined): boolean =>
    page !== undefined &&
    most !== undefined &&
    (page.readUnits > most.readUnits || page.writeUnits > most.writeUnits || page.calls > most.calls);
  const ends = [pages[0], pages.at(-1)].filter(isMore);
  return inner.size === 1 && ends.length === 0
    ? []
    : [`${operation} of ${size} is not flat: ${[...inner].join(' or ')}, and ${ends.length} of both ends cost more`];
}

/** A change of many members that AWS would need too long for, under one partition key. */
export const tooSlow = ({ operation, cost }: Row, members: number): readonly string[] =>
  cost.busiestKeyUnits <= members * MAX_UNITS_A_MEMBER
    ? []
    : [`${operation} writes ${cost.busiestKeyUnits} units under one key; ${members * MAX_UNITS_A_MEMBER} are the most`];
