import { setTimeout } from 'node:timers/promises';
import { type CloudWatchLogsClient, type FilteredLogEvent, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { RawLine } from '../audit/tenant-log.ts';
import type { LogGroup } from './log-groups.ts';

type Groups = { readonly client: CloudWatchLogsClient; readonly groups: readonly LogGroup[]; readonly signal: AbortSignal };

type Event = FilteredLogEvent & { readonly origin: string };

/** Reads all lines of a timespan, page by page: dear over hours, and complete. */
export async function* eventsOf(groups: Groups, fromMs: number, toMs: number): AsyncGenerator<RawLine> {
  const events: Event[] = [];
  for (const group of groups.groups) for await (const event of pagesOf(groups, group, { fromMs, toMs: toMs - 1 })) events.push(event);
  yield* inTime(events).map(lineOf);
}

/** A line shows up within this, usually within seconds. */
const OVERLAP_MS = 60_000;
const PAUSE_MS = 2_000;

/** Asks again and again for what has come since, and tells each line once. */
export async function* followEvents(groups: Groups, fromMs: number): AsyncGenerator<RawLine> {
  let seen = new Map<string, number>();
  let askedMs = fromMs;
  while (!groups.signal.aborted) {
    // Whoever takes the lines may have been at something else for long since it was asked last.
    const sinceMs = Math.max(fromMs, askedMs - OVERLAP_MS);
    askedMs = Date.now();
    const fresh: Event[] = [];
    for (const group of groups.groups) {
      for await (const event of pagesOf(groups, group, { fromMs: sinceMs })) {
        if (seen.has(event.eventId ?? '')) continue;
        seen.set(event.eventId ?? '', event.timestamp ?? 0);
        fresh.push(event);
      }
    }
    yield* inTime(fresh).map(lineOf);
    seen = new Map([...seen].filter(([, at]) => at >= sinceMs));
    await setTimeout(PAUSE_MS, undefined, { signal: groups.signal }).catch(() => undefined);
  }
}

type Milliseconds = { readonly fromMs: number; readonly toMs?: number };

/** A page may be empty and yet not be the last. */
async function* pagesOf({ client, signal }: Groups, group: LogGroup, { fromMs, toMs }: Milliseconds): AsyncGenerator<Event> {
  let nextToken: string | undefined;
  do {
    const command = new FilterLogEventsCommand({ logGroupName: group.name, startTime: fromMs, endTime: toMs, nextToken });
    const page = await client.send(command, { abortSignal: signal }).catch((error: unknown) => {
      if (signal.aborted) return undefined;
      throw error;
    });
    yield* (page?.events ?? []).map((event) => ({ ...event, origin: group.origin }));
    nextToken = page?.nextToken;
  } while (nextToken !== undefined);
}

const inTime = (events: readonly Event[]): readonly Event[] => events.toSorted((a, b) => (a.timestamp ?? 0) - (b.timestamp ?? 0));

const lineOf = ({ timestamp = 0, message = '', origin }: Event): RawLine => ({ atMs: timestamp, text: message.trimEnd(), origin });
