import type { ChangeEvent } from '../../src/directory/feed/change-event.ts';
import type { FeedEntry } from '../../src/directory/feed/ports.ts';
import { stateOf } from '../../src/directory/feed/state.ts';
import {
  type Change,
  type DirectoryStore,
  type Include,
  type Loaded,
  type RemovedResource,
  StaleRead,
  type StoreCall,
} from '../../src/directory/ports.ts';
import { entriesOf } from '../../src/dynamodb/feed/entries-of-change.ts';
import { type StreamRecord, toRowChange } from '../../src/dynamodb/feed/row-change.ts';
import { openDirectoryStore } from '../../src/dynamodb/store.ts';
import { openTransferStore } from '../../src/dynamodb/transfer/store.ts';
import { drain } from './drain.ts';
import { openTestTable } from './dynamodb-client.ts';
import { openFeedLogOn, readToEnd } from './feed.ts';
import type { Followed } from './follow-events.ts';
import { FOLLOWED_TYPES, type Step, take, typeNamed } from './followed-steps.ts';
import { aCall } from './store-call.ts';
import { openTableStream } from './table-stream.ts';
import { aTransfer, exportAll, importAll } from './transfer-services.ts';

/** By the clock of the directory. */
type Call = () => StoreCall;

/** So small that a change of five members is staged. */
const TRANSACTION_LIMIT = 14;
/** Past what is held back after a removal. */
const LATER_MS = 200_000;

/** A directory in a table of its own, to which steps are done one after another. */
export async function openFollowed() {
  const table = await openTestTable();
  const readOn = await openTableStream(table);
  let aheadMs = 0;
  const now = () => Date.now() + aheadMs;
  const call: Call = () => aCall({ deadlineMs: now() + 30_000 });
  const options = { ...table, registry: FOLLOWED_TYPES, now };
  const store = openDirectoryStore({ ...options, transactionLimit: TRANSACTION_LIMIT });
  const transfer = { ...aTransfer(table, now), builtIn: FOLLOWED_TYPES, directory: store, storeOf: () => openTransferStore(options) };
  const sweep = async (): Promise<void> => {
    await drain(table, { registry: FOLLOWED_TYPES, now, inspects: false });
  };
  const settle = async (): Promise<void> => {
    await sweep();
    aheadMs += LATER_MS;
    await sweep();
  };
  let [number, saved]: [number, readonly string[]] = [0, []];
  const acts = {
    commit: (change: Change) => store.commit(change, call()).then(() => undefined, ignoreStaleRead),
    sweep,
    settle,
    save: async () => {
      saved = await exportAll(transfer);
    },
    bring: async (onConflict: 'replace' | 'skip') => {
      if (saved.length > 0) await importAll(transfer, saved, { onConflict });
    },
  };
  const perform = async (step: Step): Promise<void> => {
    number += 1;
    const resources = (await readAll(store, call)).map(({ resource }) => resource);
    await take(step, { ...step, ...acts, step: number, resources, removed: await readRemoved(store, call) });
  };
  const log = openFeedLogOn(table);
  const tell = async (): Promise<void> => log.append(entriesIn(await readOn()), aCall());
  /** All that the table's stream tells, as whoever follows it reads it from the log. */
  const events = async (): Promise<readonly ChangeEvent[]> => {
    await tell();
    return (await readToEnd(log)).events;
  };
  return { perform, settle, opened: { ...table, store }, tell, events, directory: () => directoryIn(store, call) };
}

/** Nobody else writes: a change of what another step has just removed is none. */
function ignoreStaleRead(error: unknown): void {
  if (!(error instanceof StaleRead)) throw error;
}

async function readAll(store: DirectoryStore, call: Call, include: Include = {}): Promise<readonly Loaded[]> {
  const found: Loaded[] = [];
  for (const { name } of FOLLOWED_TYPES) for await (const page of store.scan(name, include, call())) found.push(...page);
  return found;
}

async function readRemoved(store: DirectoryStore, call: Call): Promise<readonly RemovedResource[]> {
  const found: RemovedResource[] = [];
  for (const { name } of FOLLOWED_TYPES) for await (const page of store.listRemoved(name, call())) found.push(...page);
  return found;
}

const entriesIn = (records: readonly StreamRecord[]): readonly FeedEntry[] =>
  records
    .flatMap((record) => toRowChange(record) ?? [])
    .flatMap((change) => entriesOf(change, { registry: FOLLOWED_TYPES, values: 'profile' }));

/** What the directory is, in the words of whoever follows it. */
const directoryIn = async (store: DirectoryStore, call: Call): Promise<Readonly<Record<string, Followed>>> =>
  Object.fromEntries(
    (await readAll(store, call, { members: true })).map(({ resource, members = [] }) => [
      resource.id,
      { ...stateOf(typeNamed(resource.type), resource, 'profile'), type: resource.type, members: members.map(({ value }) => value).sort() },
    ]),
  );
