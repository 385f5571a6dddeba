import fc from 'fast-check';
import type { Literal } from '../../../src/scim/filter/ast.ts';
import type { SentFilter } from '../../support/scim-model-filter.ts';

/** The liberties RFC 7644 §3.4.2.2 and §3.10 leave a client in writing one and the same filter down. */
export type Style = {
  /** Names, operators and words in upper case. */
  readonly isLoud: boolean;
  readonly blank: string;
  /** Groups also what need not be grouped. */
  readonly isGrouped: boolean;
  /** Writes the characters of strings as `\u…`. */
  readonly isEscaped: boolean;
  /** What an attribute of the core schema is prefixed with: nothing, or its URN and a colon. */
  readonly prefix: string;
};

export const styles = (urn: string): fc.Arbitrary<Style> =>
  fc.record({
    isLoud: fc.boolean(),
    blank: fc.constantFrom(' ', '  ', '\t', ' \n'),
    isGrouped: fc.boolean(),
    isEscaped: fc.boolean(),
    prefix: fc.constantFrom('', `${urn}:`),
  });

export function writeFilter(filter: SentFilter, style: Style): string {
  const { blank } = style;
  const word = (text: string): string => cased(text, style);
  switch (filter.kind) {
    case 'compare':
      return [writeName(filter.name, style), word(filter.op), writeLiteral(filter.value, style)].join(blank);
    case 'present':
      return [writeName(filter.name, style), word('pr')].join(blank);
    case 'not':
      return `${word('not')}${style.isGrouped ? '' : blank}(${writeFilter(filter.operand, style)})`;
    case 'valuePath':
      return `${writeName(filter.name, style)}[${writeFilter(filter.filter, { ...style, prefix: '' })}]`;
    case 'or':
      return [grouped(filter.left, style, []), word('or'), grouped(filter.right, style, [])].join(blank);
    case 'and':
      return [grouped(filter.left, style, ['or']), word('and'), grouped(filter.right, style, ['or'])].join(blank);
  }
}

/** `or` binds less than `and` (Table 5): only there is a group needed. */
function grouped(filter: SentFilter, style: Style, looser: readonly SentFilter['kind'][]): string {
  const text = writeFilter(filter, style);
  return style.isGrouped || looser.includes(filter.kind) ? `(${text})` : text;
}

const cased = (text: string, { isLoud }: Style): string => (isLoud ? text.toUpperCase() : text);

/** A name with a URN keeps the one it has. */
export const writeName = (name: string, style: Style): string => cased(name.startsWith('urn:') ? name : `${style.prefix}${name}`, style);

function writeLiteral(value: Literal, style: Style): string {
  if (typeof value !== 'string') return style.isLoud ? String(value).toUpperCase().replace('E+', 'e') : JSON.stringify(value);
  if (!style.isEscaped) return JSON.stringify(value);
  const units = Array.from({ length: value.length }, (_, at) => value.charCodeAt(at).toString(16).padStart(4, '0'));
  return `"${units.map((unit) => `\\u${unit}`).join('')}"`;
}
