import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openTestClient } from '../support/dynamodb-client.ts';
import { refuseOverlaps } from '../support/dynamodb-conflicts.ts';
import { runs } from '../support/property-runs.ts';
import { judgeAtRest, prepare } from './beginning.ts';
import { judgeRound } from './overlapping.ts';
import { aWrite } from './places.ts';

const PATIENCE_MS = 36_000_000;

const someRounds = fc.array(fc.array(aWrite, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 4 });

describe('requests that overlap', () => {
  it.each([
    ['one transaction', undefined],
    ['staged', 8],
  ])(
    'do what they would have done one after the other, in some order, where changes of members are %s',
    async (_, transactionLimit) => {
      const { begin } = await prepare(transactionLimit);
      const client = openTestClient();
      refuseOverlaps(client, { holdMs: 0 });

      await fc.assert(
        fc.asyncProperty(someRounds, async (rounds) => {
          const { model, endpoint, end } = await begin(client);
          for (const plans of rounds) await judgeRound(model, endpoint, plans);
          await judgeAtRest(model, endpoint);
          await end();
        }),
        { numRuns: Math.max(20, Math.ceil(runs(0).numRuns / 10)) },
      );
      expect.hasAssertions();
    },
    PATIENCE_MS,
  );
});
