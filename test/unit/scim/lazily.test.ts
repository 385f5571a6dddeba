import { describe, expect, it } from '@jest/globals';
import { lazily } from '../../../src/scim/lazily.ts';

describe('lazily', () => {
  it('makes nothing before it is asked, and the same thing ever after', () => {
    const made: object[] = [];
    const ask = lazily(() => {
      made.push({});
      return made;
    });

    expect(made).toHaveLength(0);
    expect(ask()).toBe(ask());
    expect(made).toHaveLength(1);
  });
});
