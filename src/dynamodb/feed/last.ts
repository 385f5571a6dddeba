import type { StoreCall } from '../../directory/ports.ts';
import { type Attributes, number, text } from '../item.ts';
import { keyOf, partitionOf } from '../keys.ts';
import type { TableClient } from '../table-client.ts';
import { type Last, positionIn } from './place.ts';
import { isEnding } from './plan-behind.ts';

/** Looks where the log ends: the row that counts generations sorts before all items, so one read finds either. */
export async function findLast(table: TableClient, nowMs: number, call: StoreCall): Promise<Last> {
  const only = ['sk', 'atMs', 'ttl', 'generation'];
  const [row] = await table.all({ pk: partitionOf.feed(), backwards: true, limit: 1, only }, call);
  if (row === undefined) return nothingOf(0);
  if (text(row, 'sk') === keyOf.generation().sk) return nothingOf(number(row, 'generation'));
  const last = toLast(row);
  return isEnding(last, nowMs) ? findLastOfAll(table, last, call) : last;
}

/** What was to be deleted long ago may outlive all that came after the log had begun anew. */
async function findLastOfAll(table: TableClient, found: Last, call: StoreCall): Promise<Last> {
  const row = await table.get(keyOf.generation(), call);
  const generation = row ? number(row, 'generation') : found.generation;
  if (generation <= found.generation) return found;
  const from = keyOf.events(generation, 1).sk;
  const [later] = await table.all({ pk: partitionOf.feed(), from, backwards: true, limit: 1, only: ['sk', 'atMs', 'ttl'] }, call);
  return later ? toLast(later) : nothingOf(generation);
}

const nothingOf = (generation: number): Last => ({ generation, position: 0, atMs: 0, ttl: 0 });

const toLast = (row: Attributes): Last => ({ ...positionIn(text(row, 'sk')), atMs: number(row, 'atMs'), ttl: number(row, 'ttl') });
