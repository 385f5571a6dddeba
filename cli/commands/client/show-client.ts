import type { Client } from '../../../src/access/oauth/answers.ts';
import { describeExpiry } from '../../expiry.ts';
import { columns } from '../../table.ts';
import type { Terminal } from '../../terminal.ts';
import { tokenEndpointOf } from './token-endpoint.ts';

/** Says what was made, and what is to be pasted where; the labels are those of Entra ID's provisioning page. */
export function showMade(what: string, client: Client, tenantUrl: string | undefined, terminal: Terminal): void {
  const { id, name, application, scope, expiresAt, clientId, accessTokenMinutes } = client;
  terminal.say(
    `${what} ${id} "${name}" of application ${application}, scope ${scope}, expires ${describeExpiry(expiresAt, terminal.now())}; its access tokens are good for ${accessTokenMinutes} minutes.`,
  );
  if (scope === 'events')
    terminal.say('It is for an application that follows the directory: it reads events and resources, and writes nothing.');
  if (scope === 'read') terminal.say('It may only read: Test Connection will pass, and every write will be refused with 403.');
  columns([
    ['Tenant URL', tenantUrl ?? 'the output TenantUrl of the stack'],
    ['Token Endpoint', tokenEndpointOf(tenantUrl)],
    ['Client Identifier', clientId],
  ]).forEach(terminal.say);
}
