import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { REGION } from '../../local/function-environment.ts';
import { findStore } from '../../local/running-stores.ts';
import { systemCode } from '../../local/start-refusal.ts';
import { findTable } from '../../local/table.ts';
import {
  type Command,
  killLocalServer,
  type LocalProcess,
  type LocalServer,
  spawnLocalServer,
  type Variables,
  whenReady,
} from '../../test/support/local-process.ts';

export type Table = { readonly client: DynamoDBClient; readonly tableName: string };

type Options = { readonly variables?: Variables; readonly nodeFlags?: readonly string[] };

/** A data folder, and the servers that run on it one after the other; all of it goes at the end. */
export class Site implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'scim-bench-'));
  readonly #options: Options;
  #process: LocalProcess | undefined;
  #token = '';
  #storePid: number | undefined;

  constructor(options: Options = {}) {
    this.#options = options;
    process.once('exit', this.#clear);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  }

  /** Starts a server, which may not be ready yet. */
  spawn(): LocalProcess {
    const { variables = {}, nodeFlags = [] } = this.#options;
    const command: Command = [process.execPath, ...nodeFlags, join('local', 'main.ts')];
    this.#process = spawnLocalServer(this.folder, { NODE_COMPILE_CACHE: join(this.folder, 'compiled'), LOG: '0', ...variables }, command);
    return this.#process;
  }

  /** Starts a server and waits until it is ready. */
  async start(): Promise<LocalServer> {
    const server = await whenReady(this.spawn());
    this.#token = server.token ?? this.#token;
    this.#storePid = await this.storePid();
    return server;
  }

  /** Of the first start: later ones find it. */
  get token(): string {
    return this.#token;
  }

  get serverPid(): number | undefined {
    return this.#process?.child.pid;
  }

  async storePid(): Promise<number | undefined> {
    return (await findStore(join(this.folder, 'store.db')))?.pid;
  }

  /** The table itself, past the server: while one runs, and as long as its store does. */
  async table(): Promise<Table> {
    const store = await findStore(join(this.folder, 'store.db'));
    if (store === undefined) throw new Error('There is no store: the server is not running.');
    const { accessKeyId } = keySchema.parse(JSON.parse(readFileSync(join(this.folder, 'access-key.json'), 'utf8')));
    const credentials = { accessKeyId, secretAccessKey: accessKeyId };
    const endpoint = `http://127.0.0.1:${store.port}`;
    const client = new DynamoDBClient({ endpoint, region: REGION, credentials, maxAttempts: 1 });
    const tableName = await findTable(client);
    if (tableName === undefined) throw new Error('There is no table: the server has not been ready yet.');
    return { client, tableName };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process !== undefined) await killLocalServer(this.#process);
    this.#storePid = undefined;
    this.#clear();
  }

  /** Also when this program is interrupted or fails: nothing it started may outlive it. */
  readonly #clear = (): void => {
    process.off('exit', this.#clear);
    this.#process?.child.kill('SIGKILL');
    if (this.#storePid !== undefined) endQuietly(this.#storePid);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  };
}

/** It may have ended before. */
function endQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (systemCode(error) !== 'ESRCH') throw error;
  }
}

const keySchema = z.object({ accessKeyId: z.string() });
