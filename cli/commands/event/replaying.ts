import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import { publishedEventsSchema, toldEventsSchema } from '../../../src/directory/feed/operator/answers.ts';
import type { AdminTarget } from '../../../src/runtime/admin-client.ts';
import { askAdmin } from '../../ask-admin.ts';
import { cancellable } from '../../cancellable.ts';
import type { Terminal } from '../../terminal.ts';
import { counted, progressOf } from '../transfer/rate.ts';
import { EXPIRED } from './expired.ts';
import { printEvent } from './print-event.ts';
import type { Selection } from './selection.ts';

export type Replay = {
  readonly target: AdminTarget;
  readonly by: string;
  readonly selection: Selection;
  readonly begin: { readonly since: string } | { readonly cursor: string };
  readonly until: string;
};

const COUNT = 1_000;

/** What every step answers. */
type Step = { readonly cursor: string; readonly isEnd: boolean; readonly hasGap: boolean; readonly resourceId?: string | undefined };

/** Where the next step begins. */
type Next = Selection & Replay['begin'];

/** Shows the events of a timespan, page after page. */
export async function showAgain({ target, by, selection, begin, until }: Replay, json: true | undefined, terminal: Terminal) {
  let shown = 0;
  const show = async (next: Next): Promise<Step> => {
    const request = { act: 'events.read', by, until, count: COUNT, ...next } as const;
    const { result } = await askAdmin({ target, request, expect: toldEventsSchema }, terminal);
    for (const event of result.events) printEvent(event, json, terminal);
    shown += result.events.length;
    return result;
  };
  const left = await stepByStep({ ...selection, ...begin }, show, terminal);
  if (left !== undefined) throw new AdminRefusal(stopped(shown, left, until));
  if (shown === 0) terminal.say('Nothing was told in that timespan.');
}

type How = { readonly json: true | undefined; readonly dryRun: boolean };

/** Sends the events of a timespan to the bus again, a step at a time, so that it can be stopped and gone on with. */
export async function publishAgain({ target, by, selection, begin, until }: Replay, { json, dryRun }: How, terminal: Terminal) {
  let published = 0;
  const progress = progressOf(terminal, 0);
  const publish = async (next: Next): Promise<Step> => {
    const request = { act: 'events.publish', by, until, dryRun, ...next } as const;
    const { result } = await askAdmin({ target, request, expect: publishedEventsSchema }, terminal).catch((error: unknown) => {
      if (!(error instanceof AdminRefusal) || published === 0 || !('cursor' in next)) throw error;
      throw new AdminRefusal(`${error.message} ${stopped(published, next.cursor, until)}`, { cause: error });
    });
    published += result.published;
    progress.show(counted(published, 'event'), published);
    return result;
  };
  const left = await stepByStep({ ...selection, ...begin }, publish, terminal).finally(progress.end);
  if (left !== undefined) throw new AdminRefusal(stopped(published, left, until));
  if (json) terminal.print(JSON.stringify({ dryRun, published }));
  else terminal.print(dryRun ? `${counted(published, 'event')} would be sent again.` : `${counted(published, 'event')} sent again.`);
}

const stopped = (events: number, cursor: string, until: string): string =>
  `Stopped after ${counted(events, 'event')}: go on with --cursor ${cursor} --to ${until}.`;

/** Goes on until the end, or until Ctrl-C; then, with the cursor of what is left. */
async function stepByStep(begin: Next, perform: (next: Next) => Promise<Step>, terminal: Terminal): Promise<string | undefined> {
  return cancellable(terminal.onInterrupt, async (signal) => {
    for (let next = begin; ; ) {
      const { cursor, isEnd, hasGap, resourceId } = await perform(next);
      if (hasGap) terminal.say(EXPIRED);
      if (isEnd) return undefined;
      if (signal.aborted) return cursor;
      next = { ...(begin.type !== undefined && { type: begin.type }), ...(resourceId !== undefined && { resource: resourceId }), cursor };
    }
  });
}
