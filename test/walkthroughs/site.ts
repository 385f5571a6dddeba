import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect } from '@jest/globals';
import * as z from 'zod/mini';
import type { JsonObject } from '../../src/scim/json.ts';
import { runCommand, type Surroundings } from '../support/command-process.ts';
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

/** A tenant that is set up: how to address it, and how to leave it. */
type Opened = {
  readonly tenantUrl: string;
  /** Names the system to a command. */
  readonly flag: string;
  readonly surroundings: Omit<Surroundings, 'input'>;
  readonly close: () => Promise<void>;
};

/**
 * Opens a tenant of a product: one that was deployed for it, where `SCIM_SITES` tells of any, and otherwise one on this
 * machine, set up as an operator does: its file by `scim tenant add`, then `npm start` with it, which stands in for `cdk deploy`.
 */
export async function openSite(preset: string, tenant: string, flags = ''): Promise<Site> {
  const { tenantUrl, flag, surroundings, close } = (await openDeployed(preset)) ?? (await openLocal(preset, tenant, flags));
  const run = (line: string, { input }: ScimOptions = {}) => runLine(`${line} ${flag}`, surroundings, input);
  const done = async (line: string, options?: ScimOptions): Promise<string> => {
    const { status, out, err } = await run(line, options);
    expect({ status, err: status === 0 ? '' : err }).toEqual({ status: 0, err: '' });
    return out.trimEnd();
  };
  return {
    tenantUrl,
    scim: done,
    json: async (line, options) => JSON.parse(await done(`${line} --json`, options)),
    refused: async (line, options) => {
      const { status, err } = await run(line, options);
      expect(status).toBe(1);
      return err;
    },
    close,
  };
}

const runLine = (line: string, surroundings: Opened['surroundings'], input?: string) =>
  runCommand(line.split(' ').filter(Boolean), { ...surroundings, ...(input !== undefined && { input }) });

async function openLocal(preset: string, tenant: string, flags: string): Promise<Opened> {
  const folder = await temporaryFolder();
  const surroundings = { dataFolder: join(folder.path, 'data'), tenantsFolder: join(folder.path, 'tenants') };
  await mkdir(surroundings.tenantsFolder);
  expect(await runLine(`tenant add ${tenant} --preset ${preset} ${flags}`, surroundings)).toMatchObject({ status: 0 });
  const { dataFolder, tenantsFolder } = surroundings;
  const server: LocalServer = await startLocalServer(dataFolder, { TENANT: tenant, TENANTS_DIR: tenantsFolder, SETTINGS_SECONDS: '0' });
  const close = async (): Promise<void> => {
    await server.end('SIGTERM');
    await folder[Symbol.asyncDispose]();
  };
  return { tenantUrl: server.tenantUrl, flag: '--local', surroundings, close };
}

const deployedSchema = z.array(z.object({ preset: z.string(), tenant: z.string(), tenantUrl: z.string() }));
/** Of this file's tests: each site is walked through once. */
const walked = new Set<string>();

/** Undefined where nothing was deployed; the commands have the AWS environment that the tests were started in. */
async function openDeployed(preset: string): Promise<Opened | undefined> {
  const file = process.env['SCIM_SITES'];
  if (file === undefined) return undefined;
  const sites = deployedSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  const site = sites.find((each) => each.preset === preset && !walked.has(each.tenant));
  if (site === undefined) throw new TypeError(`no site of ${preset} is left`);
  walked.add(site.tenant);
  const variables = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value = '']) => (/^(AWS|SCIM)_/.test(name) ? [[name, value]] : [])),
  );
  const surroundings = { dataFolder: '', tenantsFolder: process.env['TENANTS_DIR'] ?? '', variables };
  return { tenantUrl: site.tenantUrl, flag: `--tenant ${site.tenant}`, surroundings, close: async () => undefined };
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
