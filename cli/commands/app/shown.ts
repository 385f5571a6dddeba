import type { ApplicationChange, ShownApplication } from '../../../src/access/applications/answers.ts';
import { columns, renderTable } from '../../table.ts';
import type { Terminal } from '../../terminal.ts';
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
function whatToPaste({ key, credentials, issued }: ShownApplication, tenantUrl = 'the output TenantUrl of the stack'): readonly string[][] {
  const live = issued.filter(({ status }) => status === 'live');
  const one = live.find(({ kind }) => kind === credentials.kind);
  const make = `scim ${MAKERS[credentials.kind]} --app ${key}`;
  const url = ['Tenant URL', tenantUrl];
  if (one === undefined) return [url, [NAMES[credentials.kind], `none is accepted: make one with "${make}"`]];
  if (credentials.kind === 'token' && credentials.isRetrievable) return [url, [NAMES.token, `"scim token show ${one.id}" shows it again`]];
  return [url, [NAMES[credentials.kind], `shown when it was made (${one.id}); "${make}" makes another`]];
}

const NAMES = { token: 'Secret Token', 'identifier-password': 'Secret Token', 'oauth-client': 'Client secret' } as const;

const rowOfCredential = ({ id, name, kind, scope, status }: ShownApplication['issued'][number]) => ({
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
