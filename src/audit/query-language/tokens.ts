import { QueryError } from './query.ts';

export type TokenKind = 'word' | 'quotedField' | 'number' | 'period' | 'string' | 'pattern' | 'sign';
export type Token = { readonly kind: TokenKind; readonly text: string };

/** In the order in which they are tried; a slash begins a pattern only behind `like`, so that it may divide elsewhere. */
const KINDS: readonly (readonly [TokenKind | 'blank', RegExp])[] = [
  ['blank', /^(?:\s+|#[^\n]*)/],
  ['period', /^\d+(?:ms|mo|[smhdw])\b/],
  ['number', /^\d+(?:\.\d+)?/],
  ['word', /^[A-Za-z_@][\w@]*(?:\.\w+)*/],
  ['quotedField', /^`[^`]+`/],
  ['string', /^(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/],
  ['sign', /^(?:<=|>=|[|,()[\]=<>*/+-])/],
];
const PATTERN = /^\/((?:[^/\\]|\\.)+)\//;

export function tokensOf(query: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let rest = query; rest !== ''; ) {
    const [kind, text] = nextOf(rest, tokens.at(-1));
    if (kind !== 'blank') tokens.push({ kind, text });
    rest = rest.slice(text.length);
  }
  return tokens;
}

function nextOf(rest: string, before: Token | undefined): readonly [TokenKind | 'blank', string] {
  const pattern = before?.kind === 'word' && before.text.toLowerCase() === 'like' ? PATTERN.exec(rest) : null;
  if (pattern !== null) return ['pattern', pattern[0]];
  for (const [kind, form] of KINDS) {
    const [text] = form.exec(rest) ?? [];
    if (text !== undefined) return [kind, text];
  }
  throw new QueryError(`nothing is known that begins with "${rest.slice(0, 20)}"`);
}

/** What stands between the quotation marks. */
export const unquoted = (text: string): string => text.slice(1, -1).replace(/\\(.)/g, '$1');
