import * as z from 'zod/mini';
import { toldEventsSchema } from '../../../src/directory/feed/operator/answers.ts';
import { askAdmin } from '../../ask-admin.ts';
import { cancellable } from '../../cancellable.ts';
import { defineCommand } from '../../command.ts';
import { sinceOption } from '../../since.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { EXPIRED } from './expired.ts';
import { printEvent } from './print-event.ts';
import { SELECTION_FLAGS, selectionOf, selectionOptions } from './selection.ts';

/** Each look leaves a line in the audit log. */
const WAIT_SECONDS = 20;
const COUNT = 1_000;

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
      while (!signal.aborted) {
        const answered = await askAdmin({ target, request, expect: toldEventsSchema }, terminal, signal).catch((error: unknown) => {
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
