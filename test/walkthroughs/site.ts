import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { JsonObject } from '../../src/scim/json.ts';
import { runCommand } from '../support/command-process.ts';
import { conversationSchema } from '../support/conversation-file.ts';
import { runConversation } from '../support/conversation-run.ts';
import { scimClient } from '../support/local-client.ts';
import { temporaryFolder } from '../support/local-folder.ts';
import { type LocalServer, startLocalServer } from '../support/local-server.ts';

export type Site = {
  readonly tenantUrl: string;
  /** Runs `scim …` against the site, and expects it to be done; what it printed on standard output. */
  readonly scim: (line: string, options?: ScimOptions) => Promise<string>;
  /** The same with `--json`. */
  readonly json: (line: string, options?: ScimOptions) => Promise<JsonObject>;
  /** The same where it is expected to be refused; what it said on standard error. */
  readonly refused: (line: string, options?: ScimOptions) => Promise<string>;
  readonly close: () => Promise<void>;
};

type ScimOptions = { readonly input?: string };

/**
 * Sets up a tenant of a product as an operator does: its file by `scim tenant add`, then `npm start` with it, which stands
 * in for `cdk deploy`.
 */
export async function openSite(preset: string, tenant: string, flags = ''): Promise<Site> {
  const folder = await temporaryFolder();
  const surroundings = { dataFolder: join(folder.path, 'data'), tenantsFolder: join(folder.path, 'tenants') };
  await mkdir(surroundings.tenantsFolder);
  const run = (line: string, { input }: ScimOptions = {}) =>
    runCommand(line.split(' ').filter(Boolean), { ...surroundings, ...(input !== undefined && { input }) });
  const added = await run(`tenant add ${tenant} --preset ${preset} ${flags}`);
  expect(added).toMatchObject({ status: 0 });
  const { dataFolder, tenantsFolder } = surroundings;
  const server: LocalServer = await startLocalServer(dataFolder, { TENANT: tenant, TENANTS_DIR: tenantsFolder, SETTINGS_SECONDS: '0' });
  const done = async (line: string, options?: ScimOptions): Promise<string> => {
    const { status, out, err } = await run(`${line} --local`, options);
    expect({ status, err: status === 0 ? '' : err }).toEqual({ status: 0, err: '' });
    return out.trimEnd();
  };
  return {
    tenantUrl: server.tenantUrl,
    scim: done,
    json: async (line, options) => JSON.parse(await done(`${line} --json`, options)),
    refused: async (line, options) => {
      const { status, err } = await run(`${line} --local`, options);
      expect(status).toBe(1);
      return err;
    },
    close: async () => {
      await server.end('SIGTERM');
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Waits until a new credential is accepted by every function it will meet: 10 s at most, where another was refused a moment ago. */
export async function untilAccepted(tenantUrl: string, token: string): Promise<void> {
  const scim = scimClient({ tenantUrl }, token);
  const deadlineMs = Date.now() + 15_000;
  for (const path of ['/Users?count=0', '/Groups?count=0']) {
    while ((await scim('GET', path)).status === 401 && Date.now() < deadlineMs) await setTimeout(250);
  }
}

/** What Entra ID's button Test Connection sends, and what it relies on. */
export async function testConnection(tenantUrl: string, token: string): Promise<void> {
  const file = join(import.meta.dirname, '..', 'conversations', 'entra', '01-test-connection.json');
  const conversation = conversationSchema.parse(JSON.parse(await readFile(file, 'utf8')));

  expect(await runConversation(conversation, { tenantUrl, token })).toEqual([]);
}
