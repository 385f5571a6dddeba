import { describe, expect, it } from '@jest/globals';
import { describeUnexpected } from '../../../src/runtime/log.ts';

describe('describeUnexpected', () => {
  it('names the error and its causes without repeating their messages', () => {
    const error = new TypeError('ada@example.com is not a function', { cause: new RangeError('secret') });

    const described = describeUnexpected(error);

    expect(described.names).toEqual(['TypeError', 'RangeError']);
    expect(described.frames[0]).toMatch(/^at .*log\.test\.ts/);
    expect(JSON.stringify(described)).not.toMatch(/ada@|secret/);
  });

  it('takes no line of the message for a frame', () => {
    const { frames } = describeUnexpected(new Error('broken\n   at ada@example.com'));

    expect(frames.join()).not.toContain('ada@');
    expect(frames[0]).toMatch(/log\.test\.ts/);
  });

  it('describes what is no error at all', () => {
    expect(describeUnexpected('thrown')).toEqual({ names: ['string'], frames: [] });
  });
});
