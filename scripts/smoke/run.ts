import { randomBytes } from 'node:crypto';
import type { Conversation } from '../../test/support/conversation-file.ts';
import type { Endpoint } from '../../test/support/conversation-run.ts';
import type { HttpResponse } from '../../test/support/local-http.ts';
import type { Administration } from './administration.ts';
import { makeApplication, ownApplications, untilAccepted } from './applications.ts';
import { type CleanedUp, cleanUp, type Found } from './clean-up.ts';
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
  const heard = new Map(wanted.map(({ flags }) => [flags, new Map<string, Found>()]));
  try {
    const tokens = new Map<string, string>();
    for (const { key, flags, settings } of wanted) {
      signal.throwIfAborted();
      tokens.set(flags, (await makeApplication(administration, { key, settings })).token);
    }
    const endpointOf = ({ conversation }: Named): Endpoint => ({
      tenantUrl,
      token: tokens.get(flagsOf(conversation)) ?? '',
      heard: (answer) => remember(heard.get(flagsOf(conversation)), answer),
    });
    await untilAccepted({ tenantUrl, tokens: [...tokens.values()], signal });
    say(`${run}: ${conversations.length} conversations, ${wanted.length} applications of its own`);
    return await play(renamed(conversations, `${run}.`), { atOnce, signal, report: say, endpointOf });
  } finally {
    const made = new Set(await ownApplications(administration));
    for (const { key, flags } of wanted.filter(({ key }) => made.has(key))) {
      say(describe(key, await cleanUp({ administration, tenantUrl, key, heard: [...(heard.get(flags)?.values() ?? [])] })));
    }
  }
}

/** What a clean-up came to, for people. */
export const describe = (key: string, { resources, isLarge }: CleanedUp): string =>
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
