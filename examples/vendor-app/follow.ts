import { applyPage, beginSnapshot } from './apply.ts';
import type { DirectoryClient } from './directory-client.ts';
import type { Page } from './event.ts';
import { isExpired, type Patience, patiently } from './patience.ts';
import { readStale } from './read-stale.ts';
import type { Store } from './store.ts';

/** The directory answers sooner when there is something. */
const WAIT_SECONDS = 20;

/** Follows the directory: for ever, or until nothing is left to be told. */
export async function follow(client: DirectoryClient, store: Store, patience: Patience, now = () => new Date()): Promise<void> {
  await readStale(client, store, patience);
  for (;;) {
    const page = await nextPage(client, store, patience);
    if (page === undefined) {
      patience.say('The place has left the log; beginning again with a snapshot.');
      beginSnapshot(store);
      continue;
    }
    applyPage(store, page, now());
    await readStale(client, store, patience);
    if (patience.once && page.phase === 'changes' && page.isUpToDate) return;
  }
}

/** Nothing, when the cursor has expired. */
async function nextPage(client: DirectoryClient, store: Store, patience: Patience): Promise<Page | undefined> {
  try {
    const { cursor } = store.place();
    return await patiently(() => client.events(cursor, patience.once ? 0 : WAIT_SECONDS), patience);
  } catch (error) {
    if (isExpired(error)) return undefined;
    throw error;
  }
}
