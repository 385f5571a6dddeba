import { parseExpression } from './parse-expression.ts';
import type { Column, Command, Expression } from './query.ts';
import { readerOf, type TokenReader } from './token-reader.ts';
import { tokensOf } from './tokens.ts';

/**
 * Parses a query in the language of CloudWatch Logs Insights, as far as the saved ones go.
 *
 * @throws {QueryError} for what is not understood: a query that would mean something else there must not run here
 */
export function parseQuery(query: string): readonly Command[] {
  const reader = readerOf(tokensOf(query));
  const commands = [commandOf(reader)];
  while (reader.take('|')) commands.push(commandOf(reader));
  if (!reader.isDone()) throw reader.fail('"|" or the end of the query');
  return commands;
}

function commandOf(reader: TokenReader): Command {
  if (reader.take('fields')) return { kind: 'fields', columns: columnsOf(reader) };
  if (reader.take('display')) return { kind: 'display', columns: columnsOf(reader) };
  if (reader.take('filter')) return { kind: 'filter', condition: parseExpression(reader) };
  if (reader.take('stats')) return { kind: 'stats', aggregates: columnsOf(reader), by: reader.take('by') ? columnsOf(reader) : [] };
  if (reader.take('sort')) return { kind: 'sort', keys: keysOf(reader) };
  if (reader.take('dedup')) return { kind: 'dedup', columns: columnsOf(reader) };
  if (reader.take('limit')) return { kind: 'limit', count: countOf(reader) };
  throw reader.fail('fields, display, filter, stats, sort, dedup or limit');
}

function columnsOf(reader: TokenReader): readonly Column[] {
  const columns = [columnOf(reader)];
  while (reader.take(',')) columns.push(columnOf(reader));
  return columns;
}

function columnOf(reader: TokenReader): Column {
  const mark = reader.mark();
  const expression = parseExpression(reader);
  const written = expression.kind === 'field' ? expression.name : reader.textSince(mark);
  if (!reader.take('as')) return { name: written, expression };
  const alias = reader.takeKind('word');
  if (alias === undefined) throw reader.fail('a name');
  return { name: alias, expression };
}

function keysOf(reader: TokenReader): readonly { readonly by: Expression; readonly direction: 1 | -1 }[] {
  const keys = [keyOf(reader)];
  while (reader.take(',')) keys.push(keyOf(reader));
  return keys;
}

function keyOf(reader: TokenReader): { readonly by: Expression; readonly direction: 1 | -1 } {
  const by = parseExpression(reader);
  if (reader.take('desc')) return { by, direction: -1 };
  reader.take('asc');
  return { by, direction: 1 };
}

function countOf(reader: TokenReader): number {
  const text = reader.takeKind('number');
  if (text === undefined) throw reader.fail('a number');
  return Number(text);
}
