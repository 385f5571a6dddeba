import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { freePort } from '../../local/free-port.ts';
import type { State } from './state.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', 'examples', 'vendor-app', 'main.ts');

export type ConsumerOptions = { readonly tenantUrl: string; readonly token: string; readonly folder: string };

/** The vendor's application as a process, which is killed and started again on the same tables. */
export class Consumer implements AsyncDisposable {
  readonly #options: ConsumerOptions;
  readonly #port: number;
  #child: ChildProcess | undefined;
  #printed = '';

  private constructor(options: ConsumerOptions, port: number) {
    this.#options = options;
    this.#port = port;
    process.once('exit', this.#kill);
  }

  static async start(options: ConsumerOptions): Promise<Consumer> {
    const consumer = new Consumer(options, await freePort());
    consumer.#spawn();
    return consumer;
  }

  /** The last that it has said. */
  get printed(): string {
    return this.#printed;
  }

  async crash(): Promise<void> {
    const ended = this.#child && once(this.#child, 'close');
    this.#kill();
    await ended;
    this.#spawn();
  }

  /** What its tables hold; nothing while it is starting. */
  async state(): Promise<State | undefined> {
    const [users, groups] = await Promise.all([this.#read('users', usersSchema), this.#read('groups', groupsSchema)]);
    if (users === undefined || groups === undefined) return undefined;
    return {
      users: new Map(users.map(({ id, active, profile }) => [id, { active, userName: profile?.userName, title: profile?.title }])),
      groups: new Map(groups.map(({ id, profile, members }) => [id, { displayName: profile?.displayName, members: members.toSorted() }])),
    };
  }

  async #read<Schema extends z.ZodMiniType>(page: string, schema: Schema): Promise<z.output<Schema> | undefined> {
    const response = await fetch(`http://127.0.0.1:${this.#port}/${page}`).catch(() => undefined);
    return response && schema.parse(await response.json());
  }

  #spawn(): void {
    const { tenantUrl, token, folder } = this.#options;
    const variables = { TENANT_URL: tenantUrl, TOKEN: token, DATABASE: join(folder, 'vendor-app.db'), PORT: String(this.#port) };
    const child = spawn(process.execPath, [PROGRAM], {
      env: { PATH: process.env['PATH'], ...variables },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#printed = chunk.toString('utf8').slice(-500);
    });
    this.#child = child;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    process.off('exit', this.#kill);
    this.#kill();
  }

  readonly #kill = (): void => void this.#child?.kill('SIGKILL');
}

const text = z.optional(z.string());
const usersSchema = z.array(
  z.object({ id: z.string(), active: z.optional(z.boolean()), profile: z.optional(z.object({ userName: text, title: text })) }),
);
const groupsSchema = z.array(
  z.object({ id: z.string(), profile: z.optional(z.object({ displayName: text })), members: z.array(z.string()) }),
);
