import { SAVED_QUERIES, type SavedQuery } from '../../../lib/saved-queries.ts';
import { didYouMean } from '../../../src/access/nearest-name.ts';
import type { Timespan } from '../../../src/audit/log-source.ts';
import type { QueryRow, TenantLog } from '../../../src/audit/tenant-log.ts';
import { UsageError } from '../../command.ts';
import { columns } from '../../table.ts';
import type { Terminal } from '../../terminal.ts';
import { lastCycles } from './cycles.ts';

export const QUERY_NAMES: readonly string[] = SAVED_QUERIES.map(({ name }) => name);

type Parameters = { readonly user: string | undefined; readonly group: string | undefined };

/** @throws {UsageError} for a name there is not, or without what the query is about */
export function queryOf(name: string, parameters: Parameters): SavedQuery {
  const saved = SAVED_QUERIES.find((one) => one.name === name);
  if (saved === undefined) throw new UsageError(`There is no saved query "${name}"${didYouMean(name, QUERY_NAMES)}`);
  const { parameter } = saved;
  if (parameter === undefined) return saved;
  const value = parameters[parameter.flag];
  if (value === undefined) throw new UsageError(`The query "${name}" asks about one: add --${parameter.flag} with a name or an id.`);
  const quoted = value.replace(/["\\]/g, '\\$&');
  return { ...saved, query: saved.query.replaceAll(`"${parameter.placeholder}"`, () => `"${quoted}"`) };
}

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
  if (shown.length === 0) say(`No line answers that.${saved.parameter === undefined ? '' : HASHED}`);
  else tableOf(shown).forEach(print);
}

const HASHED = ' Where the log has hashes in the place of names (audit.identifiers), ask by id, or by name with "scim report --user".';

const texts = (cycle: ReturnType<typeof lastCycles>[number]): QueryRow =>
  Object.fromEntries(Object.entries(cycle).map(([name, value]) => [name, String(value)]));

/** Columns that no row has anything in are left out. */
function tableOf(rows: readonly QueryRow[]): readonly string[] {
  const headings = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return columns([headings, ...rows.map((row) => headings.map((heading) => row[heading] ?? ''))]);
}
