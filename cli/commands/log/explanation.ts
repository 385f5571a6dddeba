import { isAccessLine } from '../../../src/audit/failure.ts';
import type { LogRecord } from '../../../src/audit/log-source.ts';
import { parseLine } from '../../../src/audit/parse-line.ts';
import type { RawLine } from '../../../src/audit/tenant-log.ts';
import { type Cause, EFFECT_CAUSES, FAULT_CAUSES, GATEWAY_CAUSES, REASON_CAUSES, REFUSAL_CAUSES, TOKEN_CAUSES } from './causes.ts';

/** What became of one request, in words. */
export type Explanation = {
  readonly asked: string;
  readonly by: string;
  readonly outcome: string;
  /** None where all went as it was asked for. */
  readonly causes: readonly Cause[];
};

/** Puts into words what the lines of one request say; undefined where none of them is about it. */
export function explain(lines: readonly RawLine[]): Explanation | undefined {
  const records = lines.map((line) => parseLine(line.text)).filter((record) => record !== undefined);
  const request = records.find(({ event }) => event === 'request');
  const access = records.find(isAccessLine);
  const main = request ?? access ?? records.find(({ event }) => event === 'feed') ?? records[0];
  if (main === undefined) return undefined;
  const operations = records.filter(({ event }) => event === 'bulkOperation');
  return {
    asked: askedFor(main),
    by: askedBy(main),
    outcome: outcomeOf(main, operations),
    causes: distinct([...causesOf(main, records, lines), ...operations.flatMap((operation) => causeOf(operation))]),
  };
}

const text = (value: unknown): string => (value === undefined || value === '-' ? '' : String(value));

function askedFor(main: LogRecord): string {
  if (main['event'] === 'feed') return `nothing: the stream function took ${text(main['changes'])} changes, for events to tell of them`;
  if (main['event'] === 'work') return `work that a request has left: ${text(main['work'])}`;
  if (main['event'] === 'admin') return `the act ${text(main['act'])}`;
  const about = [text(main['subject']) && `"${text(main['subject'])}"`, text(main['resourceId'])].filter((part) => part !== '').join(', ');
  const what = [text(main['operation']), text(main['resourceType'])].filter((part) => part !== '').join(' ');
  const path = main['refusal'] === 'notFound' ? 'of a path that leads nowhere' : 'of a path that was not looked at';
  const where = `${text(main['method'])} ${text(main['route']) || path}`.trim();
  return `${where}${what === '' ? '' : `: ${what}`}${about === '' ? '' : ` (${about})`}`;
}

function askedBy(main: LogRecord): string {
  if (main['by'] !== undefined) return text(main['by']);
  if (main['event'] === 'feed') return 'nobody: it is what changes of the directory lead to';
  if (main['application'] === undefined) return 'nobody whom the service has recognised';
  const credential = text(main['credential']);
  return `application ${text(main['application'])}${credential === '' ? '' : `, credential ${credential}`}`;
}

function outcomeOf(main: LogRecord, operations: readonly LogRecord[]): string {
  const failed = operations.filter(({ status }) => Number(status) >= 400).length;
  const changed = Array.isArray(main['changed']) ? main['changed'].map(String) : undefined;
  const parts = [
    main['status'] === undefined ? text(main['outcome']) || 'written' : `answered ${text(main['status'])}`,
    text(main['refusal']) && `refused as ${text(main['refusal'])}`,
    text(main['reason']) && `because of ${text(main['reason'])}`,
    text(main['sourceIp']) && `from ${text(main['sourceIp'])}`,
    changed && (changed.length === 0 ? 'nothing had to be changed' : `changed ${changed.join(', ')}`),
    main['membersAdded'] !== undefined && `${text(main['membersAdded'])} members added`,
    main['membersRemoved'] !== undefined && `${text(main['membersRemoved'])} members removed`,
    main['state'] !== undefined && `the user is ${text(main['state'])} now`,
    operations.length > 0 && `${operations.length} operations, ${failed} of them refused or failed`,
    main['durationMs'] !== undefined && `in ${text(main['durationMs'])} ms`,
  ];
  return parts.filter((part) => typeof part === 'string' && part !== '').join('; ');
}

function causesOf(main: LogRecord, records: readonly LogRecord[], lines: readonly RawLine[]): readonly Cause[] {
  const platform = lines.filter((line) => parseLine(line.text) === undefined).map((line) => line.text);
  if (platform.some((line) => line.includes('Task timed out'))) return [FAULT_CAUSES.timedOut];
  if (platform.some((line) => /Runtime exited|errorType|\tERROR\t/.test(line))) return [FAULT_CAUSES.ended];
  if (records.some(({ event }) => event === 'unexpectedError' || event === 'crash')) return [FAULT_CAUSES.unexpected];
  return main['event'] === 'admin' ? causeOfAct(main) : causeOf(main);
}

/** An act that failed as nobody foresaw has a line of that beside its own. */
function causeOfAct({ outcome }: LogRecord): readonly Cause[] {
  if (outcome === 'done') return [];
  return [outcome === 'refused' ? FAULT_CAUSES.refusedAct : REFUSAL_CAUSES.unavailable];
}

/** The most telling first: a reason says more than the code that it came with. */
function causeOf(record: LogRecord): readonly Cause[] {
  const kind = text(record['refusal']);
  const tables: readonly Readonly<Record<string, Cause>>[] = isAccessLine(record) ? [GATEWAY_CAUSES] : [REFUSAL_CAUSES, TOKEN_CAUSES];
  const reasons: Readonly<Record<string, Cause>> = REASON_CAUSES;
  const effects: Readonly<Record<string, Cause>> = EFFECT_CAUSES;
  const found = reasons[text(record['reason'])] ?? tables.flatMap((table) => table[kind] ?? [])[0];
  const made = effects[text(record['policy'])] ?? effects[text(record['effect'])];
  if (found !== undefined) return [found];
  if (made !== undefined) return [made];
  return Number(record['status']) >= 500 ? [FAULT_CAUSES.unexpected] : [];
}

const distinct = (causes: readonly Cause[]): readonly Cause[] => [...new Set(causes)];
