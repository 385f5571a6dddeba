import { hashIdentifier } from '../access/identifier-key.ts';
import type { Log, LogLine } from './log.ts';

const FIELDS = ['subject', 'previousSubject'] as const;

/** The same log with a hash in the place of each identifier; without a key it says nothing rather than the name. */
export const hashingIdentifiers =
  (log: Log, keyOf: () => string | undefined): Log =>
  (line) =>
    log(FIELDS.some((field) => field in line) ? hashed(line, keyOf()) : line);

/** Undefined fields are left out of what is written. */
function hashed<Line extends LogLine>(line: Line, key: string | undefined): Line {
  const hashOf = (name: unknown): string | undefined =>
    typeof name === 'string' && key !== undefined ? hashIdentifier(key, name) : undefined;
  const fields = FIELDS.flatMap((field) => (field in line ? [[field, hashOf(Reflect.get(line, field))] as const] : []));
  return { ...line, ...Object.fromEntries(fields) };
}
