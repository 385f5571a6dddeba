import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod/mini';
import { CannotRun } from '../python/cannot-run.ts';
import type { LocalServer } from './server.ts';

/** An application's settings are read again after 30 s. */
const FOLLOWED_WITHIN_MS = 45_000;
const ASKS_EVERY_MS = 1_000;

const createdSchema = z.object({ id: z.string() });
const listedSchema = z.object({ credentials: z.array(z.object({ id: z.string() })) });

const USER = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'me@example.com' };

/**
 * Creates the user that `/Me` stands for, has the application forgive nothing, and waits until that holds.
 *
 * With the leniencies there is hardly a body that would be refused for its form, and nothing to see of it.
 */
export async function standInFor(server: LocalServer): Promise<string> {
  const created = await send(server, '/Users', { method: 'POST', body: JSON.stringify(USER) });
  const { id } = createdSchema.parse(await created.json());
  const { credentials } = listedSchema.parse(JSON.parse(await server.scim('token', 'list', '--json')));
  await server.scim('app', 'set', '--set', 'leniencies=[]', `me.${credentials[0]?.id}=${id}`);
  const giveUpAt = performance.now() + FOLLOWED_WITHIN_MS;
  while ((await send(server, '/Me', {})).status !== 200) {
    if (performance.now() > giveUpAt) throw new CannotRun('The settings of the application did not take effect.');
    await delay(ASKS_EVERY_MS);
  }
  return id;
}

const send = ({ tenantUrl, token }: LocalServer, path: string, init: RequestInit): Promise<Response> =>
  fetch(`${tenantUrl}${path}`, { ...init, headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' } });
