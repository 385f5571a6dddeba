import type { ApplicationChange, ShownApplication } from '../../../src/access/applications/answers.ts';
import { columns, renderTable } from '../../table.ts';
import type { Terminal } from '../../terminal.ts';
import { tokenEndpointOf } from '../client/token-endpoint.ts';
import { MAKERS } from './makers.ts';

/** Prints an application: what to paste where, its credentials, and its settings, one a line, as `--set` takes them. */
export function showApplication(application: ShownApplication, tenantUrl: string | undefined, terminal: Terminal): void {
  const { policy, credentials, issued } = application;
  terminal.say(headingOf(application));
  columns(whatToPaste(application, tenantUrl)).forEach(terminal.print);
  if (issued.length > 0) renderTable(issued.map(rowOfCredential)).forEach(terminal.print);
  renderTable(Object.entries({ ...policy, credentials }).flatMap(([name, value]) => rowsOf(name, value))).forEach(terminal.print);
}

/** Prints what was or would be changed, a line each, and says which of the two it is. */
export function showApplicationChanges(
  { dryRun, changes }: { readonly dryRun: boolean; readonly changes: readonly ApplicationChange[] },
  { print, say }: Terminal,
): void {
  columns(changes.map(lineOf)).forEach(print);
  const isChange = changes.some(({ kind }) => kind !== 'unchanged');
  if (!isChange) say('Nothing is to be changed.');
  else say(dryRun ? 'Nothing has been changed: this is what would be.' : 'It is in effect within 30 seconds.');
}

const headingOf = ({ key, title, preset, state }: ShownApplication): string =>
  `Application ${key} "${title}"${preset === undefined ? '' : `, preset ${preset}`}, ${state}`;

/** What the client's set-up page asks for, and where its value is to be had. */
function whatToPaste(application: ShownApplication, tenantUrl: string | undefined): readonly string[][] {
  const { key, credentials, issued } = application;
  const live = issued.filter(({ status }) => status === 'live');
  const clients = live.filter(({ clientId }) => clientId !== undefined);
  const bearers = live.filter(({ clientId }) => clientId === undefined);
  const isClient = credentials.kind === 'oauth-client' || clients.length > 0;
  return [
    ['Tenant URL', tenantUrl ?? 'the output TenantUrl of the stack'],
    ...(bearers.length > 0 || !isClient ? [['Secret Token', whereIsTheToken(application, bearers)]] : []),
    ...(isClient ? whatClientsPaste(clients, `scim ${MAKERS['oauth-client']} --app ${key}`, tenantUrl) : []),
  ];
}

function whereIsTheToken({ key, credentials: { kind } }: ShownApplication, bearers: readonly Issued[]): string {
  const one = bearers.findLast((bearer) => bearer.kind === kind) ?? bearers.at(-1);
  const make = `scim ${MAKERS[one?.kind === 'token' || one?.kind === 'identifier-password' ? one.kind : kind]} --app ${key}`;
  if (one === undefined) return none(make);
  return one.isRetrievable ? `"scim token show ${one.id}" shows it again` : once(one, make);
}

type Issued = ShownApplication['issued'][number];

/** A client that is trusted by what its issuer says of it has no secret. */
function whatClientsPaste(clients: readonly Issued[], make: string, tenantUrl: string | undefined): readonly string[][] {
  const secret = clients.findLast(({ kind }) => kind === 'oauth-client');
  const federation = clients.findLast(({ kind }) => kind === 'oauth-federation');
  const clientId = (secret ?? federation)?.clientId;
  return [
    ['Token Endpoint', tokenEndpointOf(tenantUrl)],
    ...(clientId === undefined ? [] : [['Client Identifier', clientId]]),
    [
      'Client Secret',
      secret === undefined ? ((federation && `none is needed (federation ${federation.id})`) ?? none(make)) : once(secret, make),
    ],
  ];
}

const none = (make: string): string => `none is accepted: make one with "${make}"`;

const once = ({ id }: Issued, make: string): string => `shown when it was made (${id}); "${make}" makes another`;

const rowOfCredential = ({ id, name, kind, scope, status }: Issued) => ({
  CREDENTIAL: id,
  NAME: name,
  KIND: kind,
  SCOPE: scope,
  STATUS: status,
});

const lineOf = ({ kind, application, setting = '', from, to }: ApplicationChange): readonly string[] => [
  kind,
  application,
  setting,
  kind === 'changed' ? `${from ?? '-'} -> ${to ?? '-'}` : (to ?? ''),
];

function rowsOf(name: string, value: unknown): readonly { readonly SETTING: string; readonly VALUE: string }[] {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const entries = isObject ? Object.entries(value) : [];
  if (entries.length > 0) return entries.map(([key, entry]) => ({ SETTING: `${name}.${key}`, VALUE: written(entry) }));
  return [{ SETTING: name, VALUE: isObject ? '-' : written(value) }];
}

const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
