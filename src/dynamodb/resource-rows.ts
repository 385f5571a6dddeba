import type { StoreCall } from '../directory/ports.ts';
import { type Attributes, text } from './item.ts';
import type { Range, TableClient } from './table-client.ts';

/** A page is shorter than asked for rather than larger than this: Lambda's answer may have 6 MB. */
const PAGE_LIMIT_BYTES = 4 * 1024 * 1024;

export type ResourceRows = { readonly rows: readonly Attributes[]; readonly isLast: boolean };

/** Reads resources' rows, as many as are asked for or fit, and looks for one more, which tells whether there are others. */
export async function readResourceRows(table: TableClient, range: Range, limit: number, call: StoreCall): Promise<ResourceRows> {
  const rows: Attributes[] = [];
  let bytes = 0;
  for await (const found of table.pages({ ...range, limit: limit + 1 }, call)) {
    for (const row of found) {
      if (rows.length === limit || bytes >= PAGE_LIMIT_BYTES) return { rows, isLast: false };
      bytes += text(row, 'attributes').length;
      rows.push(row);
    }
  }
  return { rows, isLast: true };
}
