import pMap from 'p-map';
import { type Endpoint, runConversation } from '../../test/support/conversation-run.ts';
import type { Named } from './files.ts';

type Playing = {
  readonly atOnce: number;
  readonly signal: AbortSignal;
  readonly endpointOf: (named: Named) => Endpoint;
  readonly report: (line: string) => void;
};

export type Score = { readonly passed: number; readonly failed: number };

/**
 * Plays conversations, several at the same time; one that differs from what its client relies on is reported, line by line.
 * When it is told to end, it does so when every request that was sent is answered: nothing is created behind its back.
 */
export async function play(conversations: readonly Named[], { atOnce, signal, endpointOf, report }: Playing): Promise<Score> {
  const outcomes = await pMap(
    conversations,
    async (named) => {
      if (signal.aborted) return false;
      const differences = await runConversation(named.conversation, endpointOf(named)).catch((error: unknown) => [String(error)]);
      if (differences.length > 0 && !signal.aborted) report(`✗ ${[named.name, ...differences].join('\n    ')}`);
      return differences.length === 0;
    },
    { concurrency: atOnce },
  );
  signal.throwIfAborted();
  const passed = outcomes.filter(Boolean).length;
  return { passed, failed: outcomes.length - passed };
}
