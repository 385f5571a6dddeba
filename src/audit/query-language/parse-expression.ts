import { type Expression, QueryError } from './query.ts';
import type { TokenReader } from './token-reader.ts';
import { unquoted } from './tokens.ts';

/** Parses an expression; the functions go from what binds least to what binds most. */
export function parseExpression(reader: TokenReader): Expression {
  let left = conjunction(reader);
  while (reader.take('or')) left = { kind: 'binary', operator: 'or', left, right: conjunction(reader) };
  return left;
}

function conjunction(reader: TokenReader): Expression {
  let left = negation(reader);
  while (reader.take('and')) left = { kind: 'binary', operator: 'and', left, right: negation(reader) };
  return left;
}

const negation = (reader: TokenReader): Expression =>
  reader.take('not') ? { kind: 'not', operand: negation(reader) } : comparison(reader);

/** `!=` is left out: nobody has written down what it makes of a field that is not there. */
const COMPARISONS = ['=', '<=', '>=', '<', '>'];

function comparison(reader: TokenReader): Expression {
  const left = sum(reader);
  if (reader.take('like')) return { kind: 'like', left, pattern: patternOf(reader) };
  if (reader.take('in')) return { kind: 'in', left, list: listOf(reader) };
  const mark = reader.mark();
  if (reader.take('not')) {
    if (reader.take('in')) return { kind: 'not', operand: { kind: 'in', left, list: listOf(reader) } };
    if (reader.take('like')) return { kind: 'not', operand: { kind: 'like', left, pattern: patternOf(reader) } };
    reader.back(mark);
  }
  const operator = COMPARISONS.find((sign) => reader.take(sign));
  return operator === undefined ? left : { kind: 'binary', operator, left, right: sum(reader) };
}

function patternOf(reader: TokenReader): string | RegExp {
  const text = reader.takeKind('string');
  if (text !== undefined) return unquoted(text);
  const pattern = reader.takeKind('pattern');
  if (pattern === undefined) throw reader.fail('a string or a /pattern/');
  const source = pattern.slice(1, -1);
  return source.startsWith('(?i)') ? new RegExp(source.slice(4), 'i') : new RegExp(source);
}

function listOf(reader: TokenReader): readonly Expression[] {
  reader.expect('[');
  const list = [primary(reader)];
  while (reader.take(',')) list.push(primary(reader));
  reader.expect(']');
  return list;
}

function sum(reader: TokenReader): Expression {
  let left = product(reader);
  for (;;) {
    const operator = ['+', '-'].find((sign) => reader.take(sign));
    if (operator === undefined) return left;
    left = { kind: 'binary', operator, left, right: product(reader) };
  }
}

function product(reader: TokenReader): Expression {
  let left = primary(reader);
  for (;;) {
    const operator = ['*', '/'].find((sign) => reader.take(sign));
    if (operator === undefined) return left;
    left = { kind: 'binary', operator, left, right: primary(reader) };
  }
}

function primary(reader: TokenReader): Expression {
  const number = reader.takeKind('number');
  if (number !== undefined) return { kind: 'literal', value: Number(number) };
  const text = reader.takeKind('string');
  if (text !== undefined) return { kind: 'literal', value: unquoted(text) };
  const period = reader.takeKind('period');
  if (period !== undefined) return { kind: 'period', ms: periodMs(period) };
  const field = reader.takeKind('quotedField');
  if (field !== undefined) return { kind: 'field', name: unquoted(field) };
  if (reader.take('(')) return closed(reader, parseExpression(reader));
  if (reader.take('*')) return { kind: 'every' };
  const word = reader.takeKind('word');
  if (word === undefined) throw reader.fail('a field, a value or a function');
  return reader.take('(') ? closed(reader, callOf(reader, word)) : { kind: 'field', name: word };
}

function closed(reader: TokenReader, expression: Expression): Expression {
  reader.expect(')');
  return expression;
}

function callOf(reader: TokenReader, name: string): Expression {
  const operands = [parseExpression(reader)];
  while (reader.take(',')) operands.push(parseExpression(reader));
  return { kind: 'call', name: name.toLowerCase(), operands };
}

const PERIODS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function periodMs(text: string): number {
  const unit = PERIODS[text.replace(/\d+/, '')];
  if (unit === undefined) throw new QueryError(`"${text}" is no period in s, m, h or d`);
  return Number.parseInt(text, 10) * unit;
}
