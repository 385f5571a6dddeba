import { runQuery } from '../../src/audit/query-language/run-query.ts';
import { selectLines, selectRecords, writtenSince } from '../../src/audit/select-lines.ts';
import type { RawLine, TenantLog } from '../../src/audit/tenant-log.ts';

type Options = { readonly retentionDays?: number; readonly coming?: readonly RawLine[] };

/** A log in memory, that reads as the others do; `coming` is what a follower sees. */
export function logOf(lines: readonly RawLine[], { retentionDays, coming = [] }: Options = {}): TenantLog {
  return {
    read: (query) => selectRecords(each(lines), query),
    lines: (query) => selectLines(each(lines), query),
    follow: (from) => writtenSince(each([...lines, ...coming]), from),
    run: async (query, { from, to }) =>
      runQuery(
        query,
        lines.filter(({ atMs }) => atMs >= from.getTime() && atMs < to.getTime()),
      ),
    retentionDays: async () => retentionDays,
  };
}

async function* each<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}
