import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runs } from '../support/property-runs.ts';
import { judgeAtRest, prepare } from './beginning.ts';
import { someCommands } from './commands.ts';

/** The nightly run tries as many as there is a night for. */
const PATIENCE_MS = 36_000_000;

/** Sequences of requests through the whole stack, each answer and all that is there afterwards held against the oracle. */
export function describeSequences(circumstances: string, transactionLimit?: number): void {
  describe('the directory', () => {
    it(
      `does what a plain model of one does, whatever is asked of it in whatever order, ${circumstances}`,
      async () => {
        const { begin } = await prepare(transactionLimit);

        await fc.assert(
          fc.asyncProperty(someCommands, async (commands) => {
            const { model, endpoint, end } = await begin();
            await fc.asyncModelRun(() => ({ model, real: endpoint }), commands);
            await judgeAtRest(model, endpoint);
            await end();
          }),
          runs(20),
        );
        expect.hasAssertions();
      },
      PATIENCE_MS,
    );
  });
}
