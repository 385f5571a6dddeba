import type { Include, Loaded, Slice, StoreCall } from '../directory/ports.ts';
import { partitionOf } from './keys.ts';
import { relate } from './load.ts';
import type { Reading } from './page.ts';
import { readResourceRows } from './resource-rows.ts';
import { toResource } from './rows.ts';

/** Sorts behind an id and before every later one: ids are all of one length. */
const behind = (id: string): string => `${id}!`;

/** DynamoDB refuses a range that ends before it begins, and sorts by bytes: a bound can be any text, not only an id. */
const isBehind = (begin: string, end: string): boolean => Buffer.compare(Buffer.from(begin), Buffer.from(end)) > 0;

/** Reads one row more than asked for, which tells whether there are more. */
export async function slice(
  { table, types }: Omit<Reading, 'now'>,
  type: string,
  { after, from = '', upTo, limit }: Slice,
  include: Include,
  call: StoreCall,
): Promise<{ readonly loaded: readonly Loaded[]; readonly isLast: boolean }> {
  const begin = after === undefined || from > after ? from : behind(after);
  if (upTo !== undefined && isBehind(begin, upTo)) return { loaded: [], isLast: true };
  const range = { pk: partitionOf.resources(type), ...(begin !== '' && { from: begin }), ...(upTo !== undefined && { upTo }) };
  const { rows, isLast } = await readResourceRows(table, range, limit, call);
  const resources = rows.map((row) => toResource(type, row));
  return { loaded: await relate(table, types, resources, include, call), isLast };
}
