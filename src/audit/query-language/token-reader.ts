import { QueryError } from './query.ts';
import type { Token, TokenKind } from './tokens.ts';

/** Hands tokens out one by one. */
export type TokenReader = {
  readonly isDone: () => boolean;
  /** Takes the next token if it is this sign, or this word in whatever case. */
  readonly take: (text: string) => boolean;
  readonly takeKind: (kind: TokenKind) => string | undefined;
  /** @throws {QueryError} unless it comes next */
  readonly expect: (text: string) => void;
  /** What stands between this token and the one that `back` returns to. */
  readonly mark: () => number;
  readonly back: (mark: number) => void;
  readonly textSince: (mark: number) => string;
  readonly fail: (expected: string) => QueryError;
};

export function readerOf(tokens: readonly Token[]): TokenReader {
  let next = 0;
  const is = (text: string): boolean => {
    const token = tokens[next];
    return token !== undefined && (token.kind === 'word' || token.kind === 'sign') && token.text.toLowerCase() === text;
  };
  const take = (text: string): boolean => {
    const taken = is(text);
    if (taken) next += 1;
    return taken;
  };
  const fail = (expected: string): QueryError => {
    const found = tokens[next]?.text;
    return new QueryError(`expected ${expected}, found ${found === undefined ? 'the end of the query' : `"${found}"`}`);
  };
  return {
    isDone: () => next >= tokens.length,
    take,
    takeKind: (kind) => {
      const token = tokens[next];
      if (token?.kind !== kind) return undefined;
      next += 1;
      return token.text;
    },
    expect: (text) => {
      if (!take(text)) throw fail(`"${text}"`);
    },
    mark: () => next,
    back: (mark) => {
      next = mark;
    },
    textSince: (mark) =>
      tokens
        .slice(mark, next)
        .map(({ text }) => text)
        .join(''),
    fail,
  };
}
