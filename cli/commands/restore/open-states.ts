import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import type { States } from '../../../src/directory/restore/compare.ts';
import { type DirectoryState, registryIn } from '../../../src/directory/restore/state.ts';
import { type ExportedPage, exportedPageSchema } from '../../../src/directory/transfer/answers.ts';
import type { ExportPlace } from '../../../src/directory/transfer/place.ts';
import type { AdminTarget } from '../../../src/runtime/admin-client.ts';
import type { Recovery } from '../../../src/runtime/recovery.ts';
import { REGISTRY } from '../../../src/scim/schema/resource-types.ts';
import { askAdmin } from '../../ask-admin.ts';
import type { Terminal } from '../../terminal.ts';

export type Asker = { readonly target: AdminTarget; readonly by: string };

/** Where a page begins; undefined for the first. */
type ReadExport = (place?: { readonly after: ExportPlace; readonly header: string }) => Promise<ExportedPage>;

/** Opens the copy, and the directory as it is now, read by the admin function. */
export async function openStates({ target, by }: Asker, recovery: Recovery, terminal: Terminal): Promise<States> {
  const readPresent: ReadExport = async (place) => {
    const request = { act: 'directory.export', by, ...place } as const;
    return (await askAdmin({ target, request, expect: exportedPageSchema }, terminal)).result;
  };
  const [earlier, present] = await Promise.all([openState(recovery.readCopy), openState(readPresent)]);
  return { earlier, present };
}

async function openState(read: ReadExport): Promise<DirectoryState> {
  const [header] = (await read()).lines;
  if (header === undefined) throw new AdminRefusal('An export begins with a line that is missing: deploy the stack again.');
  return { header, registry: registryIn(header, REGISTRY), readPage: (after) => read({ after, header }) };
}
