import { describe, expect, it } from '@jest/globals';
import { busCalled } from '../../../src/runtime/event-bus.ts';

describe('the event bus of a tenant', () => {
  it('is none where the environment names none', () => {
    expect(busCalled('')).toBeUndefined();
    expect(busCalled('scim-example')).toMatchObject({ name: 'scim-example' });
  });
});
