import { appendFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LogRecord } from '../../../src/audit/log-source.ts';
import { openLocalLog } from '../../../src/runtime/local-log.ts';
import { openLog } from '../../../src/runtime/log-reader.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/local-folder.ts';

const BEGIN = Date.parse('2026-06-01T00:00:00.000Z');
const DAY = { from: new Date(BEGIN), to: new Date(BEGIN + 24 * 3_600_000) };

const GOING_ON = new AbortController().signal;

const aLine = (afterSeconds: number, more: LogRecord = {}): string =>
  `${JSON.stringify({ time: new Date(BEGIN + afterSeconds * 1_000).toISOString(), event: 'request', requestId: `r${afterSeconds}`, ...more })}\n`;

async function idsOf(items: AsyncIterable<LogRecord>): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for await (const { requestId } of items) found.push(requestId);
  return found;
}

let folder: TemporaryFolder;
let file: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  file = join(folder.path, 'scim.log');
});

afterEach(() => folder[Symbol.asyncDispose]());

describe('the log file of the local server', () => {
  it('is read from the one that was put aside on', async () => {
    await writeFile(`${file}.1`, aLine(1) + aLine(2));
    await writeFile(file, aLine(3) + aLine(4, { event: 'work' }));

    expect(await idsOf(openLocalLog(file, GOING_ON).read({ ...DAY, events: ['request'] }))).toEqual(['r1', 'r2', 'r3']);
  });

  it('is read up to the line that is only half there, and past what is no line of a function', async () => {
    await writeFile(file, `${aLine(1)}(node:1) Warning: something\n[1]\n${aLine(2)}${aLine(3).slice(0, 30)}`);

    expect(await idsOf(openLocalLog(file, GOING_ON).read({ ...DAY, events: ['request'] }))).toEqual(['r1', 'r2']);
  });

  it('is read once when both names lead to one file', async () => {
    await writeFile(file, aLine(1));
    const { link } = await import('node:fs/promises');
    await link(file, `${file}.1`);

    expect(await idsOf(openLocalLog(file, GOING_ON).read({ ...DAY, events: ['request'] }))).toEqual(['r1']);
  });

  it('gives lines longer than a piece that is read at once', async () => {
    await writeFile(file, aLine(1, { frames: ['x'.repeat(600_000)] }) + aLine(2));

    expect(await idsOf(openLocalLog(file, GOING_ON).read({ ...DAY, events: ['request'] }))).toEqual(['r1', 'r2']);
  });

  it('is kept for as long as the file is', async () => {
    expect(await openLocalLog(file, GOING_ON).retentionDays()).toBeUndefined();
  });

  it('is what a target on this machine has', async () => {
    await writeFile(file, aLine(1));
    const log = await openLog({ kind: 'local', keyFile: join(folder.path, 'admin.json') }, new AbortController().signal);

    expect(await idsOf(log.read({ ...DAY, events: ['request'] }))).toEqual(['r1']);
  });

  it('says how to get one where there is none', async () => {
    await rm(file, { force: true });

    await expect(idsOf(openLocalLog(file, GOING_ON).read({ ...DAY, events: [] }))).rejects.toMatchObject({
      name: 'AdminRefusal',
      message: expect.stringMatching(/npm start/),
    });
    await expect(openLocalLog(file, GOING_ON).follow(DAY.from, GOING_ON)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      name: 'AdminRefusal',
    });
  });

  it('is followed from now on, also into the file that takes its place', async () => {
    await writeFile(file, aLine(1));
    const stop = new AbortController();
    const lines = openLocalLog(file, GOING_ON)
      .follow(new Date(BEGIN + 1_500), stop.signal)
      [Symbol.asyncIterator]();
    const told: string[] = [];
    const next = async (): Promise<void> => {
      const { value, done } = await lines.next();
      if (!done) told.push(JSON.parse(value.text).requestId);
    };

    const first = next();
    const writing = setInterval(() => told.length === 0 && void appendFile(file, told.length === 0 ? aLine(2) : ''), 50);
    await first;
    clearInterval(writing);
    await rename(file, `${file}.1`);
    await appendFile(`${file}.1`, aLine(3));
    await writeFile(file, aLine(4));
    while (told.at(-1) !== 'r4') await next();
    stop.abort();

    expect([...new Set(told)]).toEqual(['r2', 'r3', 'r4']);
    expect(await lines.next()).toMatchObject({ done: true });
  });

  it('is followed from an earlier time on, though that is in the file that was put aside', async () => {
    await writeFile(`${file}.1`, aLine(1) + aLine(3));
    await writeFile(file, `(node:1) Warning: of long ago\n${aLine(4)}`);
    const stop = new AbortController();
    const told: unknown[] = [];
    for await (const { text } of openLocalLog(file, GOING_ON).follow(new Date(BEGIN + 2_000), stop.signal)) {
      told.push(JSON.parse(text).requestId);
      if (told.length === 2) stop.abort();
    }

    expect(told).toEqual(['r3', 'r4']);
  });

  it('is read no further when the person at the terminal has had enough', async () => {
    await writeFile(file, aLine(1));

    await expect(idsOf(openLocalLog(file, AbortSignal.abort()).read({ ...DAY, events: ['request'] }))).rejects.toMatchObject({
      name: 'AdminRefusal',
      message: expect.stringMatching(/^Interrupted/),
    });
  });
});
