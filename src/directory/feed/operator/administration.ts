import type { DirectoryAdministration } from '../../operator/administration.ts';
import type { WorkQueue } from '../../ports.ts';
import type { DeadLetters, EventBus, FeedLog } from '../ports.ts';

/** What an operator's acts on the feed of events need from their surroundings. */
export type FeedAdministration = {
  readonly log: FeedLog;
  /** The bus that events are sent to as well; undefined where there is none. */
  readonly bus: (EventBus & { readonly name: string }) | undefined;
  readonly queue: WorkQueue;
  readonly deadLetters: DeadLetters;
  readonly open: DirectoryAdministration['open'];
  readonly settings: FeedSettings;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<unknown>;
};

type FeedSettings = {
  readonly values: 'none' | 'profile';
  readonly retentionDays: number;
};
