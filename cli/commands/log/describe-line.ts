import { isAccessLine } from '../../../src/audit/failure.ts';
import type { LogRecord } from '../../../src/audit/log-source.ts';
import { parseLine, writtenAtMs } from '../../../src/audit/parse-line.ts';
import type { RawLine } from '../../../src/audit/tenant-log.ts';
import { printable } from '../../table.ts';

/** How much a line matters, which is what its colour says. */
export type Weight = 'plain' | 'refused' | 'failed';

/** One line of the log in one line for a person: when, what came of it, what was asked, about whom, by whom. */
export function describeLine({ text, atMs, origin }: RawLine): { readonly text: string; readonly weight: Weight } {
  const record = parseLine(text);
  const at = new Date(writtenAtMs(record, atMs)).toISOString().replace(/\.\d+Z$/, 'Z');
  const told = record === undefined ? { cells: [origin ?? '', text], weight: 'failed' as const } : describe(record);
  return { text: printable([at, ...told.cells.filter((cell) => cell !== '')].join('  ')), weight: told.weight };
}

type Told = { readonly cells: readonly string[]; readonly weight: Weight };

function describe(record: LogRecord): Told {
  if (isAccessLine(record)) return asked(record, ['gateway', textOf(record['refusal'])]);
  switch (record['event']) {
    case 'request':
    case 'bulkOperation':
      return asked(record, outcomeOf(record));
    case 'unexpectedError':
    case 'crash':
      return { cells: [fault(record)], weight: 'failed' };
    case 'brake':
      return { cells: ['brake', `application ${textOf(record['application'])} is held back`], weight: 'refused' };
    default:
      return { cells: others(record), weight: record['outcome'] === 'failed' ? 'failed' : 'plain' };
  }
}

/** Of bulk operations, with their place in the request. */
function asked(record: LogRecord, outcome: readonly string[]): Told {
  const status = Number(record['status']);
  const place = record['index'] === undefined ? '' : ` #${textOf(record['index'])}`;
  const duration = record['durationMs'] === undefined ? '' : `${textOf(record['durationMs'])} ms`;
  return {
    cells: [
      textOf(record['status']),
      textOf(record['method']).padEnd(6),
      `${textOf(record['route']) || pathOf(record)}${place}`,
      ...outcome,
      textOf(record['application']),
      duration,
      textOf(record['requestId']),
    ],
    weight: status >= 500 ? 'failed' : status >= 400 ? 'refused' : 'plain',
  };
}

/** Whoever is not let in is refused before the path is looked at. */
const pathOf = (record: LogRecord): string => (record['refusal'] === 'notFound' ? '(no such path)' : '(path not looked at)');

function outcomeOf(record: LogRecord): readonly string[] {
  const changed = listOf(record['changed']);
  const renamed = record['previousSubject'] === undefined ? '' : `${textOf(record['previousSubject'])} → `;
  return [
    ...['refusal', 'reason', 'policy', 'effect', 'state', 'sourceIp'].map((field) => textOf(record[field])),
    changed.length === 0 ? '' : `changed ${changed.join(', ')}`,
    `${renamed}${textOf(record['subject']) || textOf(record['resourceId'])}`,
  ];
}

const fault = (record: LogRecord): string =>
  [
    `${textOf(record['event'])}: ${listOf(record['names']).join(' < ') || textOf(record['function'])}`,
    listOf(record['frames'])[0] ?? '',
    textOf(record['requestId']),
  ]
    .filter((part) => part !== '')
    .join('  ');

/** What stands in front of other lines, or is the same in all. */
const KNOWN = ['time', 'level', 'event', 'tenant', 'at', '_aws'];

const others = (record: LogRecord): readonly string[] => [
  textOf(record['event']),
  ...Object.entries(record).flatMap(([name, value]) => (KNOWN.includes(name) ? [] : [`${name}=${textOf(value)}`])),
];

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(textOf) : []);

const textOf = (value: unknown): string => {
  if (value === undefined || value === '-') return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};
