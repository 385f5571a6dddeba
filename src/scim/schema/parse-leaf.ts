import { instantOf } from '../date-time.ts';
import { ScimError } from '../errors.ts';
import type { Json } from '../json.ts';
import type { Attribute, AttributeType } from './attribute.ts';

/** Bytes of UTF-8 where an attribute sets no limit of its own; certificates are the longest there is. */
export const MAX_BYTES = { text: 4_096, binary: 16_384 } as const;

/** RFC 4648, either alphabet (RFC 7643 §2.3.6). */
const BASE64 = /^[\w+/-]*={0,2}$/;

type Kind = { readonly accepts: (value: Json) => boolean; readonly words: string };

const TEXT: Kind = { accepts: (value) => typeof value === 'string', words: 'a string' };

/** What a value of each type is (RFC 7643 §2.3). A reference may be relative, so that any string may be one. */
const KINDS: Readonly<Record<Exclude<AttributeType, 'complex'>, Kind>> = {
  string: TEXT,
  reference: TEXT,
  boolean: { accepts: (value) => typeof value === 'boolean', words: 'true or false' },
  integer: { accepts: (value) => Number.isSafeInteger(value), words: 'a whole number' },
  decimal: { accepts: (value) => Number.isFinite(value), words: 'a number' },
  dateTime: {
    accepts: (value) => typeof value === 'string' && instantOf(value) !== undefined,
    words: 'a dateTime such as "2011-05-13T04:42:34Z"',
  },
  binary: { accepts: (value) => typeof value === 'string' && BASE64.test(value), words: 'base64' },
};

/**
 * Accepts a value that has no sub-attributes.
 *
 * @throws {ScimError} invalidValue
 */
export function parseLeaf(attribute: Attribute, value: Json, at: string): Json {
  const { accepts, words } = KINDS[attribute.type === 'complex' ? 'string' : attribute.type];
  if (!accepts(value)) throw new ScimError('invalidValue', `${at} must be ${words}, not ${describe(value)}.`);
  if (typeof value === 'string') requireText(value, attribute, at);
  return value;
}

/** Names what was sent without repeating it. */
export function describe(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return `this ${typeof value}`;
}

function requireText(value: string, { type, maxBytes }: Attribute, at: string): void {
  if (!value.isWellFormed()) throw new ScimError('invalidValue', `${at} must be well-formed Unicode; it has half of a surrogate pair.`);
  if (value.includes('\0')) throw new ScimError('invalidValue', `${at} must not contain a NUL character.`);
  const limit = maxBytes ?? (type === 'binary' ? MAX_BYTES.binary : MAX_BYTES.text);
  if (isLonger(value, limit)) throw new ScimError('invalidValue', `${at} must be at most ${limit} bytes long.`);
}

const encoder = new TextEncoder();

/** A UTF-16 unit takes three bytes at most: only what might be too long is encoded. */
const isLonger = (value: string, limit: number): boolean => value.length * 3 > limit && encoder.encode(value).length > limit;
