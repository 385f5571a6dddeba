import { ScimError } from '../errors.ts';
import type { Literal } from './ast.ts';

/** Characters; the longest query string API Gateway takes is not much longer. */
export const MAX_FILTER_LENGTH = 8_192;

export type Token = {
  /** 1-based position in the text, for refusals. */
  readonly at: number;
} & (
  | { readonly kind: '(' | ')' | '[' | ']' }
  /** An attribute's name, an operator, or `.value` after a bracket. */
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'literal'; readonly value: Literal }
);

const SPACE = /\s+/y;
const BRACKET = /[()[\]]/y;
const WORD = /[A-Za-z_.$][\w.$:/%-]*/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y;

const KEYWORDS: ReadonlyMap<string, Literal> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/**
 * `filterName` begins each refusal: "The filter", or where else the text comes from.
 *
 * @throws {ScimError} invalidFilter — too long, or a character that begins no token
 */
export function tokenize(text: string, filterName: string): readonly Token[] {
  if (text.length > MAX_FILTER_LENGTH)
    throw new ScimError('invalidFilter', `${filterName} is longer than ${MAX_FILTER_LENGTH} characters.`);
  const tokens: Token[] = [];
  let next = skip(SPACE, text, 0);
  while (next < text.length) {
    const { token, end } = read(text, next, filterName);
    tokens.push(token);
    next = skip(SPACE, text, end);
  }
  return tokens;
}

function read(text: string, start: number, filterName: string): { readonly token: Token; readonly end: number } {
  const at = start + 1;
  const bracket = skip(BRACKET, text, start);
  if (bracket > start) return { token: { at, kind: bracketAt(text, start) }, end: bracket };
  const word = skip(WORD, text, start);
  if (word > start) return { token: wordToken(at, text.slice(start, word)), end: word };
  for (const pattern of [STRING, NUMBER]) {
    const end = skip(pattern, text, start);
    if (end > start) return { token: { at, kind: 'literal', value: parseLiteral(text.slice(start, end), `${filterName} at ${at}`) }, end };
  }
  throw new ScimError('invalidFilter', `${filterName} at ${at}: an unexpected character; a string begins and ends with a double quote.`);
}

const skip = (pattern: RegExp, text: string, start: number): number => {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : start;
};

function bracketAt(text: string, at: number): '(' | ')' | '[' | ']' {
  const character = text[at];
  return character === '(' || character === ')' || character === '[' ? character : ']';
}

function wordToken(at: number, text: string): Token {
  const keyword = KEYWORDS.get(text.toLowerCase());
  return keyword === undefined ? { at, kind: 'word', text } : { at, kind: 'literal', value: keyword };
}

/** Strings and numbers are JSON's (RFC 7644 §3.4.2.2, `compValue`). A number too large to be one is none; -0 is 0. */
function parseLiteral(text: string, where: string): Literal {
  const value = parseJson(text);
  if (typeof value === 'number' && Number.isFinite(value)) return value + 0;
  if (typeof value === 'string' && value.isWellFormed() && !value.includes('\0')) return value;
  throw new ScimError('invalidFilter', `${where}: a malformed ${text.startsWith('"') ? 'string' : 'number'}.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
