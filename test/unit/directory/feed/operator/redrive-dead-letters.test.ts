import { describe, expect, it } from '@jest/globals';
import type { FeedAdministration } from '../../../../../src/directory/feed/operator/administration.ts';
import { redriveDeadLetters } from '../../../../../src/directory/feed/operator/redrive-dead-letters.ts';
import { aCall } from '../../../../support/store-call.ts';

describe('what is taken of the dead letters', () => {
  it('is no more than there is time for: the rest is for another step', async () => {
    let nowMs = 0;
    const deadLetters: FeedAdministration['deadLetters'] = {
      count: async () => 1_000,
      take: async () => {
        nowMs += 10_000;
        return [{ kind: 'announce', body: '{}', receipt: 'r' }];
      },
      release: async () => {},
      sendBack: async () => {},
    };

    const { result } = await redriveDeadLetters(
      { deadLetters, now: () => nowMs },
      { act: 'events.redrive', by: 'ada', dryRun: false },
      aCall({ deadlineMs: 30_000 }),
    );

    expect(result).toEqual({ dryRun: false, moved: { announce: 3 }, strange: 0, isDone: false });
  });
});
