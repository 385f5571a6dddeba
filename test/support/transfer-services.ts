import type { AdminRequestInput } from '../../src/access/admin-request.ts';
import { parseAdminRequest } from '../../src/access/admin-request.ts';
import type { StoreCall } from '../../src/directory/ports.ts';
import type { ImportedBatch } from '../../src/directory/transfer/answers.ts';
import { exportDirectory } from '../../src/directory/transfer/export-directory.ts';
import { importDirectory } from '../../src/directory/transfer/import-directory.ts';
import { readLine } from '../../src/directory/transfer/lines.ts';
import { placeOf } from '../../src/directory/transfer/place.ts';
import type { Transfer } from '../../src/directory/transfer/transfer.ts';
import { openSchemaStore } from '../../src/dynamodb/schemas.ts';
import { openDirectoryStore } from '../../src/dynamodb/store.ts';
import { openTransferStore } from '../../src/dynamodb/transfer/store.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { aCall } from './store-call.ts';
import type { TestStore } from './store-open.ts';

type Table = Pick<TestStore, 'client' | 'tableName'>;

/** What exports and imports need, on a table of the embedded store. */
export const aTransfer = (
  { client, tableName }: Table,
  now: () => number = Date.now,
  mappingOf: Transfer['mappingOf'] = async () => undefined,
): Transfer => ({
  schemas: openSchemaStore({ client, tableName }),
  builtIn: REGISTRY,
  directory: openDirectoryStore({ client, tableName, registry: REGISTRY }),
  mappingOf,
  now,
  storeOf: (registry) => openTransferStore({ client, tableName, registry, now }),
});

type ImportOptions = Pick<AdminRequestInput & { readonly act: 'directory.import' }, 'onConflict' | 'dryRun'>;

/** Takes the whole directory away, page by page, as the command does: each page begins behind the last line there is. */
export async function exportAll(transfer: Transfer, begun: readonly string[] = []): Promise<readonly string[]> {
  const lines = [...begun];
  for (;;) {
    const request = parseAdminRequest({ act: 'directory.export', by: 'ada', ...placeBehind(lines) });
    if (request.act !== 'directory.export') throw new TypeError('another act');
    const { result } = await exportDirectory(transfer, request, aCall({ deadlineMs: transfer.now() + 25_000 }));
    // A file that holds its first line alone goes on behind that.
    lines.push(...(lines.length === 1 ? result.lines.slice(1) : result.lines));
    if (result.isLast) return lines;
  }
}

function placeBehind([header, ...lines]: readonly string[]) {
  if (header === undefined) return {};
  const read = readLine(JSON.parse(lines.at(-1) ?? '{}'));
  return { header, after: 'line' in read ? placeOf(read.line) : undefined };
}

/** Brings lines into the directory in one batch; the first of them is the header. */
export async function importAll(
  transfer: Transfer,
  [header = '', ...lines]: readonly string[],
  options: ImportOptions = {},
  call: Partial<StoreCall> = {},
): Promise<ImportedBatch> {
  const request = parseAdminRequest({ act: 'directory.import', by: 'ada', header, lines, firstLine: 2, ...options });
  if (request.act !== 'directory.import') throw new TypeError('another act');
  return (await importDirectory(transfer, request, aCall({ deadlineMs: transfer.now() + 25_000, ...call }))).result;
}
