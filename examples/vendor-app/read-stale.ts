import type { DirectoryClient } from './directory-client.ts';
import { type Patience, patiently } from './patience.ts';
import { type Store, type Table, textOf } from './store.ts';

/** So many are read side by side. */
const AT_ONCE = 8;

const PATHS: ReadonlyMap<Table, (id: string) => string> = new Map([
  ['users', (id) => `/Users/${encodeURIComponent(id)}`],
  ['groups', (id) => `/Groups/${encodeURIComponent(id)}?excludedAttributes=members`],
]);

/**
 * Reads what events have told of without a profile, once each, however often it has changed.
 *
 * What is read may be newer than the event: the one that tells of that comes, and it is read again. What is gone by now is
 * left alone: an event will say so.
 */
export async function readStale(client: DirectoryClient, store: Store, patience: Patience): Promise<void> {
  for (const [table, pathOf] of PATHS) {
    for (;;) {
      const ids = store.all(`SELECT id FROM ${table} WHERE is_stale LIMIT ?`, AT_ONCE).map(({ id }) => textOf(id) ?? '');
      if (ids.length === 0) break;
      const resources = await Promise.all(ids.map((id) => patiently(() => client.read(pathOf(id)), patience)));
      store.atOnce(() => {
        for (const [index, id] of ids.entries()) {
          const resource = resources[index];
          const profile = resource === undefined ? null : JSON.stringify(resource);
          store.run(`UPDATE ${table} SET is_stale = 0, profile = coalesce(?, profile) WHERE id = ?`, profile, id);
        }
      });
    }
  }
}
