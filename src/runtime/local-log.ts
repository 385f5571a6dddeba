import type { FileHandle } from 'node:fs/promises';
import { stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { AdminRefusal } from '../access/admin-refusal.ts';
import type { Timespan } from '../audit/log-source.ts';
import { parseLine, writtenAtMs } from '../audit/parse-line.ts';
import { runQuery } from '../audit/query-language/run-query.ts';
import { selectLines, selectRecords, writtenSince } from '../audit/select-lines.ts';
import type { RawLine, TenantLog } from '../audit/tenant-log.ts';
import { BEGINNING, openIfPresent, type Place, wholeLines } from './file-lines.ts';

/** Opens what the local server has written: `scim.log`, and before it the full one that it has put aside. */
export const openLocalLog = (file: string, signal: AbortSignal): TenantLog => ({
  read: (query) => selectRecords(linesOf(file, signal), query),
  lines: (query) => selectLines(linesOf(file, signal), query),
  follow: (from, until) => writtenSince(follow(file, from, AbortSignal.any([until, signal])), from),
  run: async (query, span) => runQuery(query, await within(linesOf(file, signal), span)),
  retentionDays: async () => undefined,
});

/** A line that is only half there is not read: whoever writes it is not done yet, or never was. */
async function* linesOf(file: string, signal: AbortSignal): AsyncGenerator<RawLine> {
  // The younger first: when the server puts it aside meanwhile, both are the same file, and none is passed over.
  await using files = new AsyncDisposableStack();
  const younger = await openIfPresent(file);
  if (younger !== undefined) files.use(younger);
  const older = await openIfPresent(`${file}.1`);
  if (older !== undefined) files.use(older);
  if (younger === undefined && older === undefined) throw new AdminRefusal(noLog(file));
  const isSame = younger !== undefined && older !== undefined && (await younger.stat()).ino === (await older.stat()).ino;
  let lastMs = 0;
  for (const handle of [isSame ? undefined : older, younger]) {
    if (handle === undefined) continue;
    for await (const text of wholeLines(handle, BEGINNING)) {
      if (signal.aborted) throw new AdminRefusal('Interrupted: the log was not read to its end.');
      lastMs = writtenAtMs(parseLine(text), lastMs);
      yield { atMs: lastMs, text };
    }
  }
}

const noLog = (file: string): string => `There is no ${file}: start the local server with "npm start", or set DATA_DIR to its data folder.`;

async function within(all: AsyncIterable<RawLine>, span: Timespan): Promise<readonly RawLine[]> {
  const lines: RawLine[] = [];
  for await (const line of selectLines(all, span)) lines.push(line);
  return lines;
}

const POLL_MS = 300;

/** Reads both files, and what is written from now on, also when the file is put aside and a new one begun. */
async function* follow(file: string, from: Date, signal: AbortSignal): AsyncGenerator<RawLine> {
  let handle = await openIfPresent(file);
  if (handle === undefined) throw new AdminRefusal(noLog(file));
  let place = BEGINNING;
  try {
    yield* putAsideSince(file, handle, from);
    while (!signal.aborted) {
      const isPutAside = await isAnother(file, handle);
      place = yield* arriving(handle, place);
      if (isPutAside) {
        await handle.close();
        handle = (await openIfPresent(file)) ?? handle;
        place = BEGINNING;
      } else {
        await setTimeout(POLL_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  } finally {
    await handle.close();
  }
}

/** What was put aside before `from` has nothing that was written since. */
async function* putAsideSince(file: string, younger: FileHandle, from: Date): AsyncGenerator<RawLine> {
  const older = await openIfPresent(`${file}.1`);
  if (older === undefined) return;
  await using _ = older;
  const { ino, mtimeMs } = await older.stat();
  if (ino !== (await younger.stat()).ino && mtimeMs >= from.getTime()) yield* arriving(older, BEGINNING);
}

async function isAnother(file: string, handle: FileHandle): Promise<boolean> {
  const now = await stat(file).catch(() => undefined);
  return now !== undefined && now.ino !== (await handle.stat()).ino;
}

async function* arriving(handle: FileHandle, place: Place): AsyncGenerator<RawLine, Place> {
  const texts = wholeLines(handle, place);
  let lastMs = place.offset === 0 ? 0 : Date.now();
  for (;;) {
    const next = await texts.next();
    if (next.done) return next.value;
    lastMs = writtenAtMs(parseLine(next.value), lastMs);
    yield { atMs: lastMs, text: next.value };
  }
}
