import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isWellFormedToken, newToken } from '../../../src/access/token.ts';

const filledWith = (byte: number) => (size: number) => new Uint8Array(size).fill(byte);

describe('newToken', () => {
  it('has a prefix, 43 digits for 256 random bits and 6 checksum digits', () => {
    expect(newToken(randomBytes)).toMatch(/^scim_[0-9A-Za-z]{49}$/);
  });

  it.each([0, 255])('keeps its width when every random byte is %i', (byte) => {
    expect(newToken(filledWith(byte))).toHaveLength(54);
  });

  it('is another one for other random bits, to the last bit', () => {
    const lastBitOf = (last: number) => (size: number) => new Uint8Array(size).fill(last, size - 1);

    expect(newToken(lastBitOf(1))).not.toBe(newToken(lastBitOf(0)));
  });

  it('keeps its format for ever, because tokens outlive versions', () => {
    expect(newToken(filledWith(7))).toBe('scim_1fJjkkpe9PiTw9KSulA8Ghct30vZz4HpdQ5c5b9cPF11hPq4J');
  });
});

describe('isWellFormedToken', () => {
  it('takes every token that newToken makes', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => isWellFormedToken(newToken(() => bytes))));
  });

  it('notices any single character that was changed', () => {
    const token = newToken(randomBytes);
    const digit = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz');

    fc.assert(
      fc.property(fc.nat(token.length - 1), digit, (at, replacement) => {
        fc.pre(token[at] !== replacement);
        return !isWellFormedToken(token.slice(0, at) + replacement + token.slice(at + 1));
      }),
    );
  });

  it('refuses any other text', () => {
    fc.assert(fc.property(fc.string(), (text) => !isWellFormedToken(text)));
  });

  it('refuses a token with a line break behind it', () => {
    expect(isWellFormedToken(`${newToken(randomBytes)}\n`)).toBe(false);
  });
});
