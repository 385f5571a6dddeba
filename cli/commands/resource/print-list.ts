import type * as z from 'zod/mini';
import type { AdminRequestInput } from '../../../src/access/admin-request.ts';
import { type ListedResource, listedResourcesSchema } from '../../../src/directory/operator/answers.ts';
import type { Terminal } from '../../terminal.ts';
import { perform } from './act.ts';
import { columnText } from './column-values.ts';
import { streamTable } from './stream-table.ts';

const LARGEST_PAGE = 200;
/** No attributes of the resource, but what the directory knows beside it. */
const BESIDE = /^(createdBy|profile(\..+)?)$/;

type Query = Pick<Extract<AdminRequestInput, { readonly act: 'resource.list' }>, 'type' | 'filter' | 'find'>;

type Listing = {
  readonly target: Parameters<typeof perform>[0];
  readonly query: Query;
  readonly columns: readonly string[] | undefined;
  readonly limit: number;
  readonly json: true | undefined;
};

/** Prints page after page, and says whether there are more than were asked for. */
export async function printList(listing: Listing, terminal: Terminal): Promise<{ readonly shown: number; readonly hasMore: boolean }> {
  const printRows = listing.json ? printJson(terminal) : printTable(listing.columns, terminal);
  let [shown, cursor]: [number, string | undefined] = [0, ''];
  while (cursor !== undefined && shown < listing.limit) {
    const page: z.output<typeof listedResourcesSchema> = await readPage(listing, cursor, shown, terminal);
    const rows = page.resources.slice(0, listing.limit - shown);
    if (rows.length > 0) printRows(rows);
    shown += rows.length;
    const isCut = rows.length < page.resources.length;
    if (isCut) return { shown, hasMore: true };
    cursor = page.cursor;
  }
  return { shown, hasMore: cursor !== undefined };
}

function readPage({ target, query, columns, limit }: Listing, cursor: string, shown: number, terminal: Terminal) {
  const asked = columns?.filter((column) => !BESIDE.test(column));
  return perform(
    target,
    {
      act: 'resource.list',
      ...query,
      cursor,
      limit: Math.min(LARGEST_PAGE, limit - shown),
      ...(asked && { columns: asked.length > 0 ? asked : ['id'] }),
    },
    listedResourcesSchema,
    terminal,
  );
}

type Rows = readonly ListedResource[];

const printJson =
  ({ print }: Terminal) =>
  (rows: Rows): void =>
    rows.forEach((row) => {
      print(JSON.stringify(row));
    });

function printTable(columns: readonly string[] | undefined, { print }: Terminal): (rows: Rows) => void {
  const table = streamTable(columns ?? ['ID', 'NAME', 'DISPLAY', 'STATE', 'BY', 'CREATED', 'CHANGED'], print);
  return (rows) =>
    table(
      rows.map((row) =>
        columns ? columns.map((column) => columnText(BESIDE.test(column) ? besideOf(row) : row.resource, column)) : standardCells(row),
      ),
    );
}

const besideOf = ({ createdBy, profile }: ListedResource) => ({ createdBy, ...(profile && { profile }) });

const standardCells = (row: ListedResource): readonly string[] => {
  const { id, name = '', createdBy, created, lastModified, resource } = row;
  const display = displayOf(resource);
  return [id, name, display === name ? '' : display, stateOf(row), createdBy, minuteOf(created), minuteOf(lastModified)];
};

function stateOf({ kept, isDisabled }: ListedResource): string {
  if (kept) return 'kept';
  return isDisabled ? 'disabled' : '';
}

const displayOf = (resource: ListedResource['resource']): string =>
  columnText(resource, 'displayName') ||
  columnText(resource, 'name.formatted') ||
  [columnText(resource, 'name.givenName'), columnText(resource, 'name.familyName')].filter(Boolean).join(' ');

const minuteOf = (instant: string): string => instant.slice(0, 16).replace('T', ' ');
