import { isAccessLine } from '../../../src/audit/failure.ts';
import type { Timespan } from '../../../src/audit/log-source.ts';
import { parseLine } from '../../../src/audit/parse-line.ts';
import type { RawLine, TenantLog } from '../../../src/audit/tenant-log.ts';
import { LONGEST_DAYS } from '../../since.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export type Found = {
  /** What the request has left, in the order of time. */
  readonly lines: readonly RawLine[];
  /** Work on the resource that it was about, within the hour that followed. */
  readonly work: readonly RawLine[];
  readonly looked: Timespan;
  /** Lines name the id, though as that of something else, of a user for instance. */
  readonly isAnothers?: true;
};

/** Looks for the lines of a request: in the last day, which is cheap, then in the last month, then in all there is. */
export async function findRequest(log: TenantLog, id: string, now: Date, sinceMs: number | undefined): Promise<Found> {
  const spans = sinceMs === undefined ? await spansOf(log, now) : [{ from: new Date(now.getTime() - sinceMs), to: now }];
  let looked: Timespan = { from: now, to: now };
  for (const span of spans) {
    looked = span;
    const named = await all(log.lines({ ...span, text: id }));
    const lines = named.filter((line) => isOf(line, id));
    if (lines.length === 0 && named.length > 0) return { lines, work: [], looked, isAnothers: true };
    if (lines.length > 0) return { lines: [...lines, ...(await platformLines(log, lines))], work: await workAfter(log, lines), looked };
  }
  return { lines: [], work: [], looked };
}

/** What the platform writes names no id but that of the invocation. */
function isOf({ text }: RawLine, id: string): boolean {
  const record = parseLine(text);
  return record === undefined || ['requestId', 'functionRequestId', 'change'].some((field) => record[field] === id);
}

async function spansOf(log: TenantLog, now: Date): Promise<readonly Timespan[]> {
  const kept = (await log.retentionDays()) ?? LONGEST_DAYS;
  return [1, 30, kept]
    .filter((days, index) => index === 0 || days <= kept)
    .map((days) => ({ from: new Date(now.getTime() - days * DAY_MS), to: now }));
}

/** What Lambda wrote of the invocation, which it knows by an id of its own: the access log tells it. */
async function platformLines(log: TenantLog, lines: readonly RawLine[]): Promise<readonly RawLine[]> {
  const access = lines.find(({ text }) => isAccessLine(parseLine(text) ?? {}));
  const invocation = access && parseLine(access.text)?.['functionRequestId'];
  if (access === undefined || typeof invocation !== 'string' || invocation === '-') return [];
  const found = await all(log.lines({ ...around(access, HOUR_MS), text: invocation }));
  return found.filter(({ text }) => parseLine(text) === undefined && !/^(START|END) /.test(text));
}

async function workAfter(log: TenantLog, lines: readonly RawLine[]): Promise<readonly RawLine[]> {
  const [line] = lines.filter(({ text }) => parseLine(text)?.['event'] === 'request' && parseLine(text)?.['changed'] !== undefined);
  const resourceId = line && parseLine(line.text)?.['resourceId'];
  if (line === undefined || typeof resourceId !== 'string') return [];
  const found = await all(
    log.lines({ from: new Date(line.atMs - 1_000), to: new Date(line.atMs + HOUR_MS), events: ['work'], text: resourceId }),
  );
  return found;
}

const around = ({ atMs }: RawLine, ms: number): Timespan => ({ from: new Date(atMs - ms), to: new Date(atMs + ms) });

async function all(lines: AsyncIterable<RawLine>): Promise<readonly RawLine[]> {
  const found: RawLine[] = [];
  for await (const line of lines) found.push(line);
  return found;
}
