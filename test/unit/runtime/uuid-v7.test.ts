import { describe, expect, it } from '@jest/globals';
import { uuidV7 } from '../../../src/runtime/uuid-v7.ts';

describe('uuidV7', () => {
  it('has the version and the variant of RFC 9562', () => {
    for (let round = 0; round < 100; round += 1) {
      expect(uuidV7(1_790_000_000_000)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });

  it('sorts by time', () => {
    expect(uuidV7(1_000) < uuidV7(1_001)).toBe(true);
    expect(uuidV7(1_790_000_000_000) < uuidV7(1_790_000_000_001)).toBe(true);
  });
});
