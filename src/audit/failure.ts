import type { LogRecord } from './log-source.ts';
import { parseLine } from './parse-line.ts';

/** What Lambda writes, not as JSON, when a function was stopped or could not even begin. */
const PLATFORM = /Task timed out|Runtime exited|INIT_REPORT.*Status: (?:error|timeout)|\tERROR\t|"errorType"/;

/** The same in the language of CloudWatch Logs Insights, to narrow what has to be fetched. */
export const FAILURES_IN_INSIGHTS = [
  'status >= 400',
  'event in ["unexpectedError", "crash", "brake"]',
  'outcome = "failed"',
  '@message like /Task timed out|Runtime exited|Status: error|Status: timeout|ERROR|errorType/',
].join(' or ');

/**
 * Says whether a line tells of something that was refused or went wrong.
 *
 * A line of the access log counts only where the gateway itself answered: what a function refused has a line of its own.
 */
export function isFailure(text: string, record: LogRecord | undefined = parseLine(text)): boolean {
  if (record === undefined) return PLATFORM.test(text);
  if (isAccessLine(record)) return isGatewayRefusal(record);
  switch (record['event']) {
    case 'request':
    case 'bulkOperation':
      return Number(record['status']) >= 400;
    case 'admin':
      return record['outcome'] === 'failed';
    default:
      return ['unexpectedError', 'crash', 'brake'].includes(String(record['event'])) || 'errorType' in record;
  }
}

/** The access log of API Gateway is the only one whose lines name no event. */
export const isAccessLine = (record: LogRecord): boolean => record['event'] === undefined && 'functionStatus' in record;

export const isGatewayRefusal = (record: LogRecord): boolean => isAccessLine(record) && (record['refusal'] ?? '-') !== '-';
