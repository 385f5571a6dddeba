import { AdminRefusal } from '../../access/admin-refusal.ts';
import type { RequestOf } from '../../access/admin-request.ts';
import { type Administered, eventOf } from '../../access/administration.ts';
import { isObject, type JsonObject } from '../../scim/json.ts';
import { buildRegistry } from '../../scim/schema/custom/build-registry.ts';
import type { Customization } from '../../scim/schema/custom/customization.ts';
import { printCustomization } from '../../scim/schema/custom/print.ts';
import type { Registry } from '../../scim/schema/resource-type.ts';
import type { StoreCall } from '../ports.ts';
import { readCurrent } from '../schemas/administer.ts';
import type { ExportedPage } from './answers.ts';
import { linesAfter } from './export-lines.ts';
import { printHeader } from './lines.ts';
import type { TransferStore } from './ports.ts';
import type { Transfer } from './transfer.ts';

/** A page is closed with the line that goes past this, written as text in JSON; Lambda's answer may have 6 MB. */
const PAGE_BYTES = 3_500_000;
/** The request's last part, in which no other line is waited for. */
const ANSWER_MS = 8_000;

/**
 * Hands out the next lines of a file with the whole directory. Nothing is remembered: the place is that of the last line
 * that the caller has.
 *
 * @throws {AdminRefusal} the schemas have changed since the file was begun
 */
export async function exportDirectory(
  transfer: Transfer,
  request: RequestOf<'directory.export'>,
  call: StoreCall,
): Promise<Administered<ExportedPage>> {
  const { after, header } = request;
  const { customization } = await readCurrent(transfer, call);
  const own = printHeader(asObject(customization));
  if (after !== undefined && header !== own)
    throw new AdminRefusal('The schemas have changed since the file was begun: what is in it may not fit them. Begin it anew.');
  const registry = buildRegistry(transfer.builtIn, customization);
  if (after !== undefined && registry.every(({ name }) => name !== after.type))
    throw new AdminRefusal('The file ends with a resource type that is not there: it was not made here. Begin it anew.');
  const store = transfer.storeOf(registry);
  const lines = after === undefined ? [own] : [];
  const totals = await totalsOf(store, registry, call);
  const isLast = await fillPage(lines, linesAfter(store, registry, after, call), () => transfer.now() > call.deadlineMs - ANSWER_MS);
  return {
    result: { lines, isLast, totals },
    event: eventOf(request, new Date(transfer.now()), { counts: { lines: lines.length } }),
  };
}

/** Adds lines in place until there are enough; says whether there are no others. */
async function fillPage(page: string[], lines: AsyncIterable<string>, isLate: () => boolean): Promise<boolean> {
  let bytes = 0;
  for await (const line of lines) {
    page.push(line);
    bytes += Buffer.byteLength(JSON.stringify(line));
    if (bytes > PAGE_BYTES || isLate()) return false;
  }
  return true;
}

function asObject(customization: Customization): JsonObject {
  const value: unknown = JSON.parse(printCustomization({ ...customization, matching: [] }));
  if (!isObject(value)) throw new TypeError('a customization is an object');
  return value;
}

async function totalsOf(store: TransferStore, registry: Registry, call: StoreCall): Promise<Readonly<Record<string, number>>> {
  const counted = await Promise.all(registry.map(async ({ name }) => [name, await store.count(name, call)] as const));
  return Object.fromEntries(counted);
}
