import * as z from 'zod/mini';
import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import { type AnnouncedResources, announcedResourcesSchema } from '../../../src/directory/feed/operator/answers.ts';
import { askAdmin } from '../../ask-admin.ts';
import { cancellable } from '../../cancellable.ts';
import { defineCommand, UsageError } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import type { Terminal } from '../../terminal.ts';
import { counted, progressOf } from '../transfer/rate.ts';
import { SELECTION_FLAGS, selectionOf, selectionOptions } from './selection.ts';

export const eventsAnnounce = defineCommand({
  name: 'events announce',
  summary: 'Have it told what resources are now, whatever was told of them before: as snapshots, in the order of the feed.',
  flags: [
    ...SELECTION_FLAGS,
    { flags: '--all', summary: 'every resource, or every one of --type, with those removed that could be restored' },
    ...ADMIN_FLAGS,
  ],
  examples: [
    'scim events announce --user ada@example.com --local',
    'scim events announce --all --type Group --tenant example',
    'scim events announce --resource printer-7 --type Device --tenant example --json',
  ],
  options: z.strictObject({ ...adminOptions, ...selectionOptions, all: z.optional(z.literal(true)) }),
  run: async ({ json, by = '', all, user, group, resource, type, ...named }, terminal) => {
    const selection = selectionOf({ user, group, resource, type });
    if (all && selection.resource !== undefined) throw new UsageError('--all is every one: leave it out, or the name of one.');
    if (!all && selection.resource === undefined)
      throw new UsageError('Say of what: --user, --group, --resource with --type, or --all for every one.');
    const target = targetOf(named, terminal);
    const asked = { act: 'events.announce', by: by || terminal.userName, ...selection } as const;
    const announced = await stepByStep(async (cursor) => {
      const request = { ...asked, ...(cursor !== undefined && { cursor }) };
      return (await askAdmin({ target, request, expect: announcedResourcesSchema }, terminal)).result;
    }, terminal);
    if (json) terminal.print(JSON.stringify({ announced }));
    else terminal.print(`${counted(announced, 'resource')} will be told of again, within minutes.`);
  },
});

type Perform = (cursor: string | undefined) => Promise<AnnouncedResources>;

/** @throws {AdminRefusal} it was stopped: what was told once may be told twice */
const stepByStep = (perform: Perform, terminal: Terminal) =>
  cancellable(terminal.onInterrupt, async (signal) => {
    const progress = progressOf(terminal, 0);
    let [announced, cursor]: [number, string | undefined] = [0, undefined];
    do {
      if (signal.aborted) throw new AdminRefusal(`Stopped after ${counted(announced, 'resource')}: run it again for all of them.`);
      const step: AnnouncedResources = await perform(cursor);
      announced += step.announced;
      cursor = step.cursor;
      progress.show(counted(announced, 'resource'), announced);
    } while (cursor !== undefined);
    progress.end();
    return announced;
  });
