import { randomBytes } from 'node:crypto';
import type { Conversation } from '../../test/support/conversation-file.ts';
import type { Endpoint } from '../../test/support/conversation-run.ts';
import type { HttpResponse } from '../../test/support/local-http.ts';
import { CannotRun } from '../python/cannot-run.ts';
import type { Administration } from './administration.ts';
import { makeApplication, ownApplications, untilAccepted } from './applications.ts';
import { type CleanedUp, cleanUp, type Found, type Leftover } from './clean-up.ts';
import type { Named } from './files.ts';
import { play, type Score } from './play.ts';
import { rename } from './rename.ts';

export type Smoke = {
  readonly administration: Administration;
  readonly tenantUrl: string;
  readonly conversations: readonly Named[];
  readonly atOnce: number;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
};

/** Plays the conversations in applications of its own, and takes everything away again, whatever happens in between. */
export async function smoke(task: Smoke): Promise<Score> {
  const { administration, tenantUrl, conversations, atOnce, signal, say } = task;
  const run = newRun();
  const wanted = applicationsOf(run, conversations);
  const tokens = new Map<string, string>();
  const heard = new Map(wanted.map(({ flags }) => [flags, new Map<string, Found>()]));
  try {
    for (const { key, flags, settings } of wanted) {
      signal.throwIfAborted();
      tokens.set(flags, (await makeApplication(administration, { key, settings })).token);
    }
    const endpointOf = ({ conversation }: Named): Endpoint => ({
      tenantUrl,
      token: tokens.get(flagsOf(conversation)) ?? '',
      heard: (answer) => {
        remember(heard.get(flagsOf(conversation)), answer);
        signal.throwIfAborted();
      },
    });
    await untilAccepted({ tenantUrl, tokens: [...tokens.values()], signal });
    say(`${run}: ${conversations.length} conversations, ${wanted.length} applications of its own`);
    return await play(renamed(conversations, `${run}.`), { atOnce, signal, report: say, endpointOf });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    if (signal.aborted) say(`${run}: interrupted; what it made is taken away`);
    const made = new Set(await ownApplications(administration));
    const leftovers = wanted
      .filter(({ key }) => made.has(key))
      .map(({ key, flags }) => ({
        administration,
        tenantUrl,
        key,
        token: tokens.get(flags),
        heard: [...(heard.get(flags)?.values() ?? [])],
      }));
    await takeAway(leftovers, say);
  }
}

/**
 * Takes one after the other away, those after one that could not be too.
 *
 * @throws {CannotRun} something is left
 */
export async function takeAway(leftovers: readonly Leftover[], say: Smoke['say']): Promise<void> {
  let left = 0;
  for (const leftover of leftovers) {
    try {
      say(describe(leftover.key, await cleanUp(leftover)));
    } catch (error) {
      left += 1;
      say(`${leftover.key}: not taken away: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (left > 0) throw new CannotRun('Something is left behind: --clean tries again.');
}

/** What a clean-up came to, for people. */
const describe = (key: string, { resources, isLarge }: CleanedUp): string =>
  `${key}: ${resources} users and groups ${isLarge ? 'removed; they go for good when their retention is over' : 'purged'}, application deleted`;

/** Six letters and digits that no other run has. */
const newRun = (): string => `smoke-${randomBytes(4).readUInt32BE().toString(36).padStart(7, '0').slice(-6)}`;

const renamed = (conversations: readonly Named[], prefix: string): readonly Named[] =>
  conversations.map(({ name, conversation }) => ({ name, conversation: rename(conversation, prefix) }));

type Wanted = { readonly key: string; readonly flags: string; readonly settings: Readonly<Record<string, string>> };

/** One application for each set of settings. */
function applicationsOf(run: string, conversations: readonly Named[]): readonly Wanted[] {
  const sets = new Map(conversations.map(({ conversation }) => [flagsOf(conversation), conversation.settings ?? {}]));
  return [...sets].map(([flags, settings], at) => ({ key: at === 0 ? run : `${run}-${at}`, flags, settings }));
}

const flagsOf = ({ settings = {} }: Conversation): string => JSON.stringify(settings);

const NAMED = /\/(User|Group)s\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/g;

/** Notes which users and groups an answer speaks of; whose they are is asked before they are touched. */
function remember(heard: Map<string, Found> | undefined, { text, headers }: HttpResponse): void {
  for (const [, type, id = ''] of `${headers.location ?? ''} ${text}`.matchAll(NAMED)) {
    heard?.set(id, { type: type === 'Group' ? 'Group' : 'User', id });
  }
}
