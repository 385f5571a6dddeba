import { describe, expect, it } from '@jest/globals';
import { isWellFormedIdentifier, newIdentifier } from '../../../src/access/identifier.ts';
import { aToken } from '../../support/access-memory.ts';

describe('newIdentifier', () => {
  it.each([0, 1, 255])('makes one that is well-formed, of 33 characters, from bytes of %i', (byte) => {
    const identifier = newIdentifier((size) => new Uint8Array(size).fill(byte));

    expect(identifier).toMatch(/^acct_[0-9A-Za-z]{28}$/);
    expect(isWellFormedIdentifier(identifier)).toBe(true);
  });

  it('tells it from one that is mistyped, cut off, or a token', () => {
    const identifier = newIdentifier((size) => new Uint8Array(size).fill(7));

    expect(
      [identifier.slice(0, -1), `${identifier}0`, identifier.replace('acct_', 'acct-'), aToken(1)].map(isWellFormedIdentifier),
    ).toEqual([false, false, false, false]);
  });
});
