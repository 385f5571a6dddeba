import * as z from 'zod/mini';
import type { SavedQuery } from '../../../lib/saved-queries.ts';
import { LATEST_ARRIVAL_MS } from '../../../src/audit/in-order.ts';
import type { RawLine, TenantLog } from '../../../src/audit/tenant-log.ts';
import { cancellable } from '../../cancellable.ts';
import { defineCommand, UsageError } from '../../command.ts';
import { type Asking, identify } from '../../identify.ts';
import { sinceOption } from '../../since.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import type { Terminal } from '../../terminal.ts';
import { printLine, type Shown } from './print-lines.ts';
import { parseRequestId } from './request-id.ts';
import { printQuery, QUERY_NAMES, type Question, queryAbout, queryOf } from './saved-query.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export const logs = defineCommand({
  name: 'logs',
  summary: 'Read what a tenant has logged, follow it as it comes, or run one of the saved queries over it.',
  flags: [
    ...ADMIN_FLAGS,
    { flags: '--follow', summary: 'go on with what comes, until Ctrl-C' },
    { flags: '--errors', summary: 'only what was refused or went wrong' },
    {
      flags: '--since <duration>',
      summary: 'how far back: 90m, 24h, 7d (default: 1h, with --request and --query 24h, with --follow not at all)',
    },
    { flags: '--request <id>', summary: 'only the lines of one request' },
    { flags: '--query <name>', summary: `run a saved query: ${QUERY_NAMES.join(', ')}` },
    { flags: '--user <name>', summary: 'whom the query "user" is about: a userName or an id' },
    { flags: '--group <name>', summary: 'which group "group-members" is about: a displayName or an id' },
  ],
  examples: [
    'scim logs --local --since 24h --errors',
    'scim logs --tenant example --follow --errors',
    'scim logs --tenant example --query failures --since 7d',
    'scim logs --local --query user --user babs@example.com --json',
  ],
  options: z.strictObject({
    ...adminOptions,
    follow: z.optional(z.literal(true)),
    errors: z.optional(z.literal(true)),
    since: sinceOption,
    request: z.optional(z.string()),
    query: z.optional(z.string()),
    user: z.optional(z.string()),
    group: z.optional(z.string()),
  }),
  run: async ({ json, by, follow, errors, since, request, query, user, group, ...options }, terminal) => {
    if (query !== undefined && (follow || errors || request !== undefined))
      throw new UsageError('--query stands alone: a query decides itself which lines it is about.');
    if (query === undefined && (user ?? group) !== undefined)
      throw new UsageError('--user and --group belong to --query user and --query group-members.');
    const question = query === undefined ? undefined : queryOf(query, { user, group });
    const requestId = request === undefined ? undefined : parseRequestId(request);
    const target = targetOf(options, terminal);
    const shown = { json, errors, requestId };
    await cancellable(terminal.onInterrupt, async (signal) => {
      const log = await terminal.openLog(target, signal);
      const to = terminal.now();
      const spanOf = (ms: number) => ({ from: new Date(to.getTime() - ms), to });
      if (question !== undefined) {
        const saved = await filledIn(question, { target, by }, terminal);
        return printQuery({ log, saved, span: spanOf(since ?? DAY_MS), json }, terminal);
      }
      if (follow) return followLines(log, spanOf(since ?? 0), shown, signal, terminal);
      return printLines(log, spanOf(since ?? (requestId === undefined ? HOUR_MS : DAY_MS)), shown, terminal);
    });
  },
});

/** Whoever is asked about is found by name where lines have hashes in the place of names, too. */
const filledIn = async ({ saved, about }: Question, asking: Asking, terminal: Terminal): Promise<SavedQuery> =>
  about === undefined ? saved : queryAbout(saved, await identify(about, asking, terminal));

type Span = { readonly from: Date; readonly to: Date };

async function printLines(log: TenantLog, span: Span, shown: Shown, terminal: Terminal): Promise<void> {
  const narrowed = {
    ...span,
    ...(shown.errors && { failures: shown.errors }),
    ...(shown.requestId !== undefined && { text: shown.requestId }),
  };
  for await (const line of log.lines(narrowed)) printLine(line, shown, terminal);
}

/**
 * Reads what has surely arrived, and follows from there on, so that nothing falls between and nothing comes twice.
 *
 * It begins to follow before it reads: there may be much to read.
 */
async function followLines(log: TenantLog, { from, to }: Span, shown: Shown, signal: AbortSignal, terminal: Terminal): Promise<void> {
  const turn = new Date(Math.max(from.getTime(), to.getTime() - LATEST_ARRIVAL_MS));
  const coming = log.follow(turn, signal)[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<RawLine>> = coming.next();
  // Looked at when its turn comes; until then a failure is nobody's.
  next.catch(() => undefined);
  if (from < turn) await printLines(log, { from, to: turn }, shown, terminal);
  for (let result = await next; !result.done; result = await next) {
    printLine(result.value, shown, terminal);
    next = coming.next();
  }
}
