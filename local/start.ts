import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { adminEndpoint } from './admin-endpoint.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { firstToken } from './first-token.ts';
import { applyEnvironment, functionEnvironment, SECRET_ID, TABLE_NAME } from './function-environment.ts';
import { createGateway } from './gateway/gateway.ts';
import { type HandlerLog, openHandlerLog } from './handler-log.ts';
import { loadFunctions } from './handlers.ts';
import { type Listener, listen } from './listener.ts';
import { accessKeyOf, adminFile, announceAdmin, newAdminKey } from './private-keys.ts';
import { type RequestLine, requestListener } from './request-listener.ts';
import { startSecretsEndpoint } from './secrets-endpoint.ts';
import type { Settings } from './settings.ts';
import type { StartRefusal } from './start-refusal.ts';
import { openStore } from './store-process.ts';
import { openTable } from './table.ts';
import { readTenant, type Tenant } from './tenant.ts';

export type RunningServer = {
  readonly tenantUrl: string;
  /** Made just now because there was no live one. */
  readonly token: string | undefined;
  readonly close: () => Promise<void>;
};

export type Outlets = {
  readonly divert: (log: HandlerLog) => void;
  readonly say: (line: RequestLine) => void;
  /** The embedded store ended by itself: nothing can be served any more. */
  readonly onStoreEnd: (reason: StartRefusal) => void;
};

/**
 * Brings everything up in an order in which each failure leaves nothing behind: folder, port, store, secrets, functions.
 *
 * @throws {StartRefusal} when the person at the terminal can set it right
 */
export async function start(settings: Settings, outlets: Outlets): Promise<RunningServer> {
  const tenant = await readTenant(settings.tenant);
  await using stack = new AsyncDisposableStack();
  const folder = await openDataFolder(settings.dataFolder);
  stack.defer(folder.lock.release);
  const listener = await listen(settings.port);
  const tenantUrl = tenantUrlAt(settings.publicUrl ?? `http://127.0.0.1:${listener.port}`, tenant);
  await folder.lock.describe(tenantUrl);
  await startServices(stack, { settings, folder, tenant, tenantUrl, outlets });
  stack.defer(listener.close);
  const invoke = await serveFunctions(stack, { folder, tenant, listener, outlets });
  const token = await firstToken(invoke);
  const running = stack.move();
  return { tenantUrl, token, close: () => running.disposeAsync() };
}

/** The address of a tunnel may be given with the tenant's path or without. */
const tenantUrlAt = (url: string, { stage, basePath }: Tenant): string =>
  new URL(url).pathname === '/' ? `${url.replace(/\/$/, '')}/${stage}${basePath}` : url;

type Services = {
  readonly settings: Settings;
  readonly folder: DataFolder;
  readonly tenant: Tenant;
  readonly tenantUrl: string;
  readonly outlets: Outlets;
};

/** Starts what the functions call, and puts its addresses into their environment. */
async function startServices(stack: AsyncDisposableStack, { settings, folder, tenant, tenantUrl, outlets }: Services): Promise<void> {
  const accessKeyId = await accessKeyOf(folder);
  const store =
    settings.storeEndpoint === undefined
      ? await openStore(folder, { onEnd: outlets.onStoreEnd })
      : { endpoint: settings.storeEndpoint, close: async () => {} };
  stack.defer(store.close);
  const secrets = await startSecretsEndpoint({ file: folder.pathOf('secrets.json'), accessKeyId, secretNames: [SECRET_ID] });
  stack.defer(secrets.close);
  await openTable(store.endpoint, TABLE_NAME, accessKeyId);
  const own = { TENANT: tenant.name, BASE_PATH: tenant.basePath, PUBLIC_URL: tenantUrl };
  applyEnvironment(functionEnvironment(own, { store: store.endpoint, secrets: secrets.url }, accessKeyId));
}

type Served = { readonly folder: DataFolder; readonly tenant: Tenant; readonly listener: Listener; readonly outlets: Outlets };

/** Loads the functions and lets requests through to them; returns the way to the admin function. */
async function serveFunctions(stack: AsyncDisposableStack, { folder, tenant, listener, outlets }: Served) {
  const log = openHandlerLog(folder.pathOf('scim.log'));
  outlets.divert(log);
  const { http, admin } = await loadFunctions();
  const onCrash = (name: string, error: unknown): void =>
    log.write(`${JSON.stringify({ level: 'ERROR', event: 'crash', function: name, frames: framesOf(error) })}\n`);
  const gateway = createGateway({ tenant, handlers: http, newRequestId: randomUUID, onCrash });
  const key = newAdminKey();
  listener.serve(requestListener({ gateway, admin: adminEndpoint(key, admin), say: outlets.say }));
  await announceAdmin(folder, listener.port, key);
  stack.defer(() => rm(adminFile(folder), { force: true }));
  return admin;
}

/** Where it happened, without the message: that may quote what a client sent. */
const framesOf = (error: unknown): readonly string[] =>
  (error instanceof Error ? (error.stack ?? '') : '').split('\n').filter((line) => /^\s+at /.test(line));
