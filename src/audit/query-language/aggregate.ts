import { compare, evaluate, type Row } from './evaluate.ts';
import { type Expression, QueryError, type Value } from './query.ts';

/** Works an expression with aggregates out for the rows of one group, which are in the order of time. */
export function aggregate(expression: Expression, rows: readonly Row[]): Value {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'call':
      return aggregateOf(expression.name)(expression.operands, rows);
    default:
      throw new QueryError('stats takes aggregates, such as count(*)');
  }
}

type Aggregate = (operands: readonly Expression[], rows: readonly Row[]) => Value;

const AGGREGATES: Readonly<Record<string, Aggregate>> = {
  count: ([operand], rows) => (operand?.kind === 'every' ? rows.length : valuesOf(operand, rows).length),
  count_distinct: ([operand], rows) => new Set(valuesOf(operand, rows)).size,
  sum: ([operand], rows) => sumOf(valuesOf(operand, rows)),
  avg: ([operand], rows) => {
    const values = valuesOf(operand, rows);
    return values.length === 0 ? undefined : sumOf(values) / values.length;
  },
  min: ([operand], rows) => valuesOf(operand, rows).toSorted(compare)[0],
  max: ([operand], rows) => valuesOf(operand, rows).toSorted(compare).at(-1),
  pct: ([operand, share], rows) => percentile(valuesOf(operand, rows), share),
  earliest: ([operand], rows) => valuesOf(operand, rows)[0],
  latest: ([operand], rows) => valuesOf(operand, rows).at(-1),
};

function aggregateOf(name: string): Aggregate {
  const found = AGGREGATES[name];
  if (found === undefined) throw new QueryError(`the aggregate ${name}() is not known here`);
  return found;
}

function valuesOf(operand: Expression | undefined, rows: readonly Row[]): readonly Value[] {
  if (operand === undefined) throw new QueryError('an aggregate takes a field');
  return rows.map((row) => evaluate(operand, row)).filter((value) => value !== undefined);
}

const sumOf = (values: readonly Value[]): number => values.reduce<number>((total, value) => total + Number(value), 0);

function percentile(values: readonly Value[], share: Expression | undefined): Value {
  if (share?.kind !== 'literal') throw new QueryError('pct() takes a field and a number');
  const rank = Math.ceil((Number(share.value) / 100) * values.length);
  return values.toSorted(compare)[Math.max(rank, 1) - 1];
}
