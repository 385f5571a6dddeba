import { SAVED_QUERIES, type SavedQuery } from '../../../lib/saved-queries.ts';
import { didYouMean } from '../../../src/access/nearest-name.ts';
import type { Timespan } from '../../../src/audit/log-source.ts';
import type { QueryRow, TenantLog } from '../../../src/audit/tenant-log.ts';
import { UsageError } from '../../command.ts';
import type { Identified } from '../../identify.ts';
import { columns } from '../../table.ts';
import type { Terminal } from '../../terminal.ts';
import { lastCycles } from './cycles.ts';

export const QUERY_NAMES: readonly string[] = SAVED_QUERIES.map(({ name }) => name);

type Parameters = { readonly user: string | undefined; readonly group: string | undefined };

/** A query, and whom it is about, if it is about one. */
export type Question = { readonly saved: SavedQuery; readonly about: string | undefined };

/** @throws {UsageError} for a name there is not, or without what the query is about */
export function queryOf(name: string, parameters: Parameters): Question {
  const saved = SAVED_QUERIES.find((one) => one.name === name);
  if (saved === undefined) throw new UsageError(`There is no saved query "${name}"${didYouMean(name, QUERY_NAMES)}`);
  const { parameter } = saved;
  if (parameter === undefined) return { saved, about: undefined };
  const about = parameters[parameter.flag];
  if (about === undefined) throw new UsageError(`The query "${name}" asks about one: add --${parameter.flag} with a name or an id.`);
  return { saved, about };
}

/** The query about whoever is called by one of these names: the one asked for, and its hash in lines that name nobody. */
export function queryAbout(saved: SavedQuery, { identifier, hash }: Identified): SavedQuery {
  const placeholder = `"${saved.parameter?.placeholder ?? ''}"`;
  const names = [identifier, ...(hash === undefined ? [] : [hash])].map((name) => `"${name.replace(/["\\]/g, '\\$&')}"`);
  const filled = (line: string): string => {
    const condition = line.slice(FILTER.length);
    return `${FILTER}${names.map((name) => `(${condition.replaceAll(placeholder, () => name)})`).join(' or ')}`;
  };
  const lines = saved.query.split('\n').map((line) => (line.includes(placeholder) ? filled(line) : line));
  return { ...saved, query: lines.join('\n') };
}

/** What each line begins with that a name has to be put into. */
const FILTER = '| filter ';

type Run = { readonly log: TenantLog; readonly saved: SavedQuery; readonly span: Timespan; readonly json: true | undefined };

/** Runs the query and prints what it gives: a table, or the rows as one JSON value. */
export async function printQuery({ log, saved, span, json }: Run, { print, say }: Terminal): Promise<void> {
  const rows = await log.run(saved.query, span);
  const shown: readonly QueryRow[] = saved.name === 'cycle' ? lastCycles(rows).map(texts) : rows;
  if (json) {
    print(JSON.stringify({ query: saved.name, from: span.from.toISOString(), to: span.to.toISOString(), rows: shown }));
    return;
  }
  say(`${saved.asks} From ${span.from.toISOString()} to ${span.to.toISOString()}:`);
  if (shown.length === 0) say('No line answers that.');
  else tableOf(shown).forEach(print);
}

const texts = (cycle: ReturnType<typeof lastCycles>[number]): QueryRow =>
  Object.fromEntries(Object.entries(cycle).map(([name, value]) => [name, String(value)]));

/** Columns that no row has anything in are left out. */
function tableOf(rows: readonly QueryRow[]): readonly string[] {
  const headings = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return columns([headings, ...rows.map((row) => headings.map((heading) => row[heading] ?? ''))]);
}
