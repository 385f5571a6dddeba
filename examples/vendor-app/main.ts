/** An application that keeps a table of users and groups equal to the directory: see docs/how-to/follow-changes.md. */
import { parseArgs } from 'node:util';
import { openDirectoryClient } from './directory-client.ts';
import { follow } from './follow.ts';
import { wordsFor } from './patience.ts';
import { groups, show, users } from './show.ts';
import { Store } from './store.ts';

const { TENANT_URL, TOKEN, DATABASE = 'vendor-app.db', PORT } = process.env;

function refuse(text: string): never {
  console.error(text);
  process.exit(2);
}

/** What throws is said in one line. */
function attempt<Result>(subject: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    return refuse(`${subject}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const { once } = attempt('main.ts', () => parseArgs({ options: { once: { type: 'boolean', default: false } } })).values;
if (TENANT_URL === undefined || !URL.canParse(TENANT_URL) || TOKEN === undefined)
  refuse('Set TENANT_URL to the URL of the directory, and TOKEN to a token of the scope events.');

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

const store = attempt(`DATABASE ${DATABASE}`, () => new Store(DATABASE));
const server = PORT === undefined ? undefined : show(store, Number(PORT));
const client = openDirectoryClient(TENANT_URL.replace(/\/+$/, ''), TOKEN, stop.signal);
try {
  await follow(client, store, { once, signal: stop.signal, say: (text) => console.error(text) });
  console.log(`${users(store).length} users and ${groups(store).length} groups, as in the directory.`);
} catch (error) {
  if (!stop.signal.aborted) {
    console.error(wordsFor(error));
    process.exitCode = 1;
  }
} finally {
  server?.close();
  store.close();
}
