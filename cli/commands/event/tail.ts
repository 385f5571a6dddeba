import * as z from 'zod/mini';
import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import { toldEventsSchema } from '../../../src/directory/feed/operator/answers.ts';
import { askAdmin } from '../../ask-admin.ts';
import { cancellable } from '../../cancellable.ts';
import { defineCommand } from '../../command.ts';
import { sinceOption } from '../../since.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import type { Terminal } from '../../terminal.ts';
import { EXPIRED } from './expired.ts';
import { printEvent } from './print-event.ts';
import { SELECTION_FLAGS, selectionOf, selectionOptions } from './selection.ts';

/** Each look leaves a line in the audit log. */
const WAIT_SECONDS = 20;
const COUNT = 1_000;
/** After so many failures in a row, some five minutes, nobody is there. */
const ATTEMPTS = 10;
const LONGEST_PAUSE_MS = 60_000;

export const eventsTail = defineCommand({
  name: 'events tail',
  summary: 'Show what is told about users and groups as it comes, until Ctrl-C.',
  flags: [...SELECTION_FLAGS, { flags: '--since <duration>', summary: 'begin so long ago: 90m, 24h, 7d (default: now)' }, ...ADMIN_FLAGS],
  examples: ['scim events tail --local', 'scim events tail --tenant example --since 1h --user ada@example.com --json'],
  options: z.strictObject({ ...adminOptions, ...selectionOptions, since: sinceOption }),
  run: async ({ json, by = '', since, user, group, resource, type, ...named }, terminal) => {
    const target = targetOf(named, terminal);
    const selection = selectionOf({ user, group, resource, type });
    const asked = { act: 'events.read', by: by || terminal.userName, count: COUNT, waitSeconds: WAIT_SECONDS, ...selection } as const;
    const begun = since === undefined ? {} : { since: new Date(terminal.now().getTime() - since).toISOString() };
    await cancellable(terminal.onInterrupt, async (signal) => {
      let request: typeof asked & { readonly since?: string; readonly cursor?: string } = { ...asked, ...begun };
      const look = () => askAdmin({ target, request, expect: toldEventsSchema }, terminal, signal);
      while (!signal.aborted) {
        const looking = request.cursor === undefined ? look() : persistently(look, terminal, signal);
        const answered = await looking.catch((error: unknown) => {
          if (!signal.aborted) throw error;
        });
        if (answered === undefined) return;
        const { events, cursor, hasGap, resourceId } = answered.result;
        if (hasGap) terminal.say(EXPIRED);
        for (const event of events) printEvent(event, json, terminal);
        request = { ...asked, cursor, ...(resourceId !== undefined && { resource: resourceId }) };
      }
    });
  },
});

/** Looks again after a failure, which says that it does: whoever follows for days is not to lose the place to an answer lost once. */
async function persistently<Answer>(look: () => Promise<Answer>, terminal: Terminal, signal: AbortSignal): Promise<Answer> {
  for (let attempt = 1; attempt < ATTEMPTS; attempt += 1) {
    try {
      return await look();
    } catch (error) {
      if (signal.aborted || !(error instanceof AdminRefusal)) throw error;
      const pauseMs = Math.min(1_000 * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
      terminal.say(`${error.message} Nothing is missed: it goes on from the same place, in ${pauseMs / 1_000} s.`);
      await terminal.pause(pauseMs, signal);
    }
  }
  return look();
}
