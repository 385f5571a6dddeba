import { type Expression, QueryError, type Value } from './query.ts';

/** Gives the value of a field, or of a column by its name. */
export type Row = (name: string) => Value;

/** Works an expression out for one row. */
export function evaluate(expression: Expression, row: Row): Value {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'field':
      return row(expression.name);
    case 'not':
      return !isTrue(evaluate(expression.operand, row));
    case 'binary':
      return binary(expression, row);
    case 'like':
      return isLike(evaluate(expression.left, row), expression.pattern);
    case 'in':
      return isAmong(evaluate(expression.left, row), expression.list, row);
    case 'call':
      return call(expression, row);
    case 'period':
    case 'every':
      throw new QueryError(`a ${expression.kind === 'period' ? 'period' : '"*"'} has no place there`);
  }
}

export const isTrue = (value: Value): boolean => value === true;

type Binary = Extract<Expression, { kind: 'binary' }>;

function binary({ operator, left, right }: Binary, row: Row): Value {
  const first = evaluate(left, row);
  if (operator === 'and') return isTrue(first) && isTrue(evaluate(right, row));
  if (operator === 'or') return isTrue(first) || isTrue(evaluate(right, row));
  const second = evaluate(right, row);
  // What is compared with a field that is not there is neither equal, nor less, nor more.
  if (first === undefined || second === undefined) return isComparison(operator) ? false : undefined;
  return isComparison(operator) ? holds(operator, compare(first, second)) : calculate(operator, Number(first), Number(second));
}

const isComparison = (operator: string): boolean => /[=<>]/.test(operator);

function holds(operator: string, order: number): boolean {
  if (order === 0) return operator.includes('=');
  return order < 0 ? operator.startsWith('<') : operator.startsWith('>');
}

/** As numbers where both are, else as text. */
export function compare(a: Value, b: Value): number {
  if (isNumeric(a) && isNumeric(b)) return Number(a) - Number(b);
  const [first, second] = [String(a), String(b)];
  return first < second ? -1 : Number(first > second);
}

const isNumeric = (value: Value): boolean =>
  typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)));

function calculate(operator: string, a: number, b: number): number {
  const results: Readonly<Record<string, number>> = { '+': a + b, '-': a - b, '*': a * b, '/': a / b };
  return results[operator] ?? Number.NaN;
}

function isLike(value: Value, pattern: string | RegExp): boolean {
  if (value === undefined) return false;
  return typeof pattern === 'string' ? String(value).includes(pattern) : pattern.test(String(value));
}

const isAmong = (value: Value, list: readonly Expression[], row: Row): boolean =>
  value !== undefined && list.some((one) => compare(value, evaluate(one, row)) === 0);

type Call = Extract<Expression, { kind: 'call' }>;

function call({ name, operands }: Call, row: Row): Value {
  const [first, second] = operands;
  if (name === 'bin') return rounded(Number(row('@timestampMs')), first);
  if (first === undefined || second !== undefined) throw new QueryError(`${name}() takes one operand`);
  const value = evaluate(first, row);
  switch (name) {
    case 'ispresent':
      return value !== undefined;
    case 'tolower':
      return value === undefined ? undefined : String(value).toLowerCase();
    default:
      throw new QueryError(`the function ${name}() is not known here`);
  }
}

function rounded(atMs: number, period: Expression | undefined): string {
  if (period?.kind !== 'period') throw new QueryError('bin() takes a period, such as 5m');
  return printTimestamp(Math.floor(atMs / period.ms) * period.ms);
}

/** As CloudWatch writes one: in UTC, without saying so. */
export const printTimestamp = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').replace('Z', '');
