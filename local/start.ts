import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { adminEndpoint } from './admin-endpoint.ts';
import { type Background, type StreamedTable, startBackground } from './background/background.ts';
import { openBackgroundFile } from './background/background-file.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { firstToken } from './first-token.ts';
import { applyEnvironment, functionEnvironment, SECRET_ID } from './function-environment.ts';
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
  const tenant = await readTenant(settings.tenant, settings.tenantsFolder);
  await using stack = new AsyncDisposableStack();
  const folder = await openDataFolder(settings.dataFolder);
  stack.defer(folder.lock.release);
  const listener = await listen(settings.port);
  const tenantUrl = tenantUrlAt(settings.publicUrl ?? `http://127.0.0.1:${listener.port}`, tenant);
  await folder.lock.describe(tenantUrl);
  const services = await startServices(stack, { settings, folder, tenant, tenantUrl, outlets });
  stack.defer(listener.close);
  const admin = await serveFunctions(stack, { folder, tenant, tenantUrl, listener, outlets, services });
  const token = await firstToken(admin);
  const running = stack.move();
  return { tenantUrl, token, close: () => running.disposeAsync() };
}

/** The address of a tunnel may be given with the tenant's path or without. */
const tenantUrlAt = (url: string, { stage, basePath }: Tenant): string =>
  new URL(url).pathname === '/' ? `${url.replace(/\/$/, '')}/${stage}${basePath}` : url;

type Wanted = {
  readonly settings: Settings;
  readonly folder: DataFolder;
  readonly tenant: Tenant;
  readonly tenantUrl: string;
  readonly outlets: Outlets;
};

type Services = { readonly table: StreamedTable; readonly background: Background };

/** Starts what the functions call, and puts its addresses into their environment. */
async function startServices(stack: AsyncDisposableStack, { settings, folder, tenant, tenantUrl, outlets }: Wanted): Promise<Services> {
  const accessKeyId = await accessKeyOf(folder);
  const file = openBackgroundFile(folder.pathOf('background.db'));
  stack.defer(file.close);
  const store =
    settings.storeEndpoint === undefined
      ? await openStore(folder, { onEnd: outlets.onStoreEnd, lastRead: file.lastRead() })
      : { endpoint: settings.storeEndpoint, close: async () => {} };
  stack.defer(store.close);
  const secrets = await startSecretsEndpoint({ file: folder.pathOf('secrets.json'), accessKeyId, secretNames: [SECRET_ID] });
  stack.defer(secrets.close);
  const background = await startBackground(accessKeyId, file);
  stack.defer(background.close);
  const { tableName, streamArn } = await openTable(store.endpoint, accessKeyId);
  const own = { ...environmentOf(tenant), PUBLIC_URL: tenantUrl };
  const services = { store: store.endpoint, tableName, secrets: secrets.url, queue: background.queueUrl };
  applyEnvironment(functionEnvironment(own, services, accessKeyId));
  return { table: { endpoint: store.endpoint, streamArn }, background };
}

/** As the stack of the tenant would say it; there is no event bus on this machine. */
const environmentOf = ({ name, basePath, retentionDays, audit, events }: Tenant) => ({
  TENANT: name,
  BASE_PATH: basePath,
  RETENTION_DAYS: String(retentionDays),
  AUDIT_IDENTIFIERS: audit.identifiers,
  EVENT_VALUES: events.values,
  EVENT_RETENTION_DAYS: String(events.retentionDays),
  EVENT_BUS_NAME: '',
});

type Served = {
  readonly folder: DataFolder;
  readonly tenant: Tenant;
  readonly tenantUrl: string;
  readonly listener: Listener;
  readonly outlets: Outlets;
  readonly services: Services;
};

/** Loads the functions and lets requests through to them; returns the way to the admin function. */
async function serveFunctions(stack: AsyncDisposableStack, { folder, tenant, tenantUrl, listener, outlets, services }: Served) {
  const log = openHandlerLog(folder.pathOf('scim.log'));
  outlets.divert(log);
  const { http, admin, ...behindScenes } = await loadFunctions();
  const onCrash = (name: string, error: unknown, requestId?: string): void => {
    const line = { time: new Date().toISOString(), level: 'ERROR', event: 'crash', requestId, function: name, frames: framesOf(error) };
    log.write(`${JSON.stringify(line)}\n`);
  };
  const gateway = createGateway({ tenant, handlers: http, newRequestId: randomUUID, onCrash });
  const key = newAdminKey();
  await services.background.serve({ ...behindScenes, onGivenUp: (error) => onCrash('sweeper', error) }, services.table);
  listener.serve(requestListener({ gateway, admin: adminEndpoint(key, admin), say: outlets.say }));
  await announceAdmin(folder, { port: listener.port, key, tenantUrl });
  stack.defer(() => rm(adminFile(folder), { force: true }));
  return admin;
}

/** Where it happened, without the message: that may quote what a client sent. */
const framesOf = (error: unknown): readonly string[] =>
  (error instanceof Error ? (error.stack ?? '') : '').split('\n').filter((line) => /^\s+at /.test(line));
