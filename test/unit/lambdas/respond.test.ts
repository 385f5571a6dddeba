import { describe, expect, it } from '@jest/globals';
import { respond } from '../../../lambdas/middleware/respond.ts';
import { MAX_ANSWER_BYTES } from '../../../src/directory/answer-size.ts';

/** A body that is so many bytes of JSON. */
const bodyOf = (bytes: number) => ({ x: 'x'.repeat(bytes - '{"x":""}'.length) });

describe('respond', () => {
  it('refuses to give more than Lambda hands over', () => {
    const answer = (bytes: number) => respond({ status: 200, body: bodyOf(bytes) }, 'r-1');

    expect(answer(MAX_ANSWER_BYTES - 100_000).statusCode).toBe(200);
    expect(() => answer(MAX_ANSWER_BYTES + 1)).toThrow(expect.objectContaining({ kind: 'tooLarge', status: 413 }));
  });
});
