import { parseLine } from '../parse-line.ts';
import type { QueryRow, RawLine } from '../tenant-log.ts';
import { aggregate } from './aggregate.ts';
import { compare, evaluate, isTrue, printTimestamp, type Row } from './evaluate.ts';
import { parseQuery } from './parse-query.ts';
import { type Column, type Command, QueryError, type Value } from './query.ts';

/** More rows than this no query gives. */
const MOST_ROWS = 10_000;

type State = { readonly rows: readonly Row[]; readonly columns: readonly Column[] };

/** Runs a query over lines, as CloudWatch Logs Insights would. */
export function runQuery(query: string, lines: readonly RawLine[]): readonly QueryRow[] {
  const commands = parseQuery(query);
  const start: State = { rows: lines.map(rowOf).toSorted(byTime), columns: [] };
  const { rows, columns } = commands.reduce(run, start);
  const shown = columns.length > 0 ? columns : DEFAULT_COLUMNS;
  return rows.slice(0, MOST_ROWS).map((row) => printed(row, shown));
}

const fieldColumn = (name: string): Column => ({ name, expression: { kind: 'field', name } });

const DEFAULT_COLUMNS = ['@timestamp', '@message'].map(fieldColumn);

const byTime = (a: Row, b: Row): number => Number(a('@timestampMs')) - Number(b('@timestampMs'));

function rowOf({ atMs, text, origin = 'functions' }: RawLine): Row {
  const record = parseLine(text) ?? {};
  const own: Readonly<Record<string, Value>> = {
    '@timestamp': printTimestamp(atMs),
    '@timestampMs': atMs,
    '@message': text,
    '@log': `000000000000:${origin}`,
  };
  return (name) => own[name] ?? valueAt(record, name);
}

/** `changed.0` is the first of the values of `changed`, as CloudWatch flattens them. */
function valueAt(record: unknown, path: string): Value {
  const found = path
    .split('.')
    .reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined), record);
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? found : undefined;
}

function run(state: State, command: Command): State {
  const { rows } = state;
  switch (command.kind) {
    case 'fields':
      return { rows: rows.map((row) => extended(row, command.columns)), columns: [...state.columns, ...command.columns.map(named)] };
    case 'display':
      return { rows: rows.map((row) => extended(row, command.columns)), columns: command.columns.map(named) };
    case 'filter':
      return { ...state, rows: rows.filter((row) => isTrue(evaluate(command.condition, row))) };
    case 'stats':
      return stats(rows, command);
    case 'sort':
      return { ...state, rows: rows.toSorted((a, b) => inOrderOf(command.keys, a, b)) };
    case 'dedup':
      return { ...state, rows: withoutRepeated(rows, command.columns) };
    case 'limit':
      return { ...state, rows: rows.slice(0, command.count) };
  }
}

/** By its name, the column is there from then on. */
const named = ({ name }: Column): Column => fieldColumn(name);

function extended(row: Row, columns: readonly Column[]): Row {
  const values = new Map(columns.map(({ name, expression }) => [name, evaluate(expression, row)]));
  return (name) => (values.has(name) ? values.get(name) : row(name));
}

function stats(rows: readonly Row[], { aggregates, by }: Extract<Command, { kind: 'stats' }>): State {
  const groups = Map.groupBy(rows, (row) => JSON.stringify(by.map(({ expression }) => evaluate(expression, row) ?? null)));
  const counted = [...groups.values()].map((group) => groupRow(group, aggregates, by));
  return { rows: counted, columns: [...by, ...aggregates].map(named) };
}

function groupRow(group: readonly Row[], aggregates: readonly Column[], by: readonly Column[]): Row {
  const [first] = group;
  if (first === undefined) throw new QueryError('a group has no rows');
  const keys = by.map(({ name, expression }) => [name, evaluate(expression, first)] as const);
  const values = new Map([...keys, ...aggregates.map(({ name, expression }) => [name, aggregate(expression, group)] as const)]);
  return (name) => values.get(name);
}

function inOrderOf(keys: Extract<Command, { kind: 'sort' }>['keys'], a: Row, b: Row): number {
  for (const { by, direction } of keys) {
    const order = compareCells(evaluate(by, a), evaluate(by, b)) * direction;
    if (order !== 0) return order;
  }
  return 0;
}

/** What is not there comes first. */
const compareCells = (a: Value, b: Value): number =>
  a === undefined || b === undefined ? Number(a !== undefined) - Number(b !== undefined) : compare(a, b);

/** Keeps the first of each, and every row that lacks one of the values. */
function withoutRepeated(rows: readonly Row[], columns: readonly Column[]): readonly Row[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    const values = columns.map(({ expression }) => evaluate(expression, row));
    const key = JSON.stringify(values);
    const isFirst = values.includes(undefined) || !seen.has(key);
    seen.add(key);
    return isFirst;
  });
}

const printed = (row: Row, columns: readonly Column[]): QueryRow =>
  Object.fromEntries(
    columns.flatMap(({ name }) => {
      const value = row(name);
      return value === undefined ? [] : [[name, String(value)]];
    }),
  );
