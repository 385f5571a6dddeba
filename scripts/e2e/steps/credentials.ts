import * as z from 'zod/mini';
import { scimClient } from '../../../test/support/local-client.ts';
import { untilAccepted } from '../../smoke/applications.ts';
import { scimDone } from '../commands.ts';
import { GUARDED } from '../tenants.ts';
import { outputsOf, type Step, type World } from '../world.ts';

const tokenSchema = z.object({ token: z.string(), credential: z.object({ id: z.string() }), tenantUrl: z.optional(z.string()) });

export type Token = { readonly token: string; readonly id: string };

/** Makes an application and a token for it, as an operator does. */
export async function makeApplication(world: World, tenant: string, key: string, ...flags: readonly string[]): Promise<Token> {
  await scimDone(world, 'app', 'create', key, '--tenant', tenant);
  if (flags.length > 0) await scimDone(world, 'app', 'set', key, '--set', ...flags, '--tenant', tenant);
  const made = await makeToken(world, tenant, key);
  await untilAccepted({ tenantUrl: outputsOf(world, tenant).TenantUrl, tokens: [made.token], signal: world.signal });
  return made;
}

export const makeToken = async (world: World, tenant: string, key: string, ...flags: readonly string[]): Promise<Token> =>
  readToken(world, await scimDone(world, 'token', 'create', '--app', key, ...flags, '--tenant', tenant, '--json'));

function readToken(world: World, printed: string): Token {
  const { token, credential } = tokenSchema.parse(JSON.parse(printed));
  world.secrets.add(token);
  return { token, id: credential.id };
}

/** A token is made, replaced with an overlap, and revoked: at the end both are looked at again, when each function has heard of it. */
export const credentials: Step = {
  name: 'an application, a token, and another one in its place',
  run: async (world, check) => {
    const { TenantUrl: tenantUrl } = outputsOf(world, GUARDED);
    const statusOf = async (token: string): Promise<number> => (await scimClient({ tenantUrl }, token)('GET', '/Users?count=0')).status;
    const first = await makeApplication(world, GUARDED, 'rotating');
    check('the first token is accepted', (await statusOf(first.token)) === 200);
    const words = ['token', 'rotate', '--app', 'rotating', '--tenant', GUARDED, '--json'] as const;
    const second = readToken(world, await scimDone(world, ...words));
    check('the one before is still accepted', (await statusOf(first.token)) === 200);
    check('so is the new one, within 12 s', await within(12, async () => (await statusOf(second.token)) === 200));
    await scimDone(world, 'token', 'revoke', first.id, '--tenant', GUARDED);
    check('nobody is let in without one', (await statusOf('scim_of_nobody')) === 401);
    rotated.set(world, { revoked: first.token, live: second.token });
  },
};

const rotated = new WeakMap<World, { readonly revoked: string; readonly live: string }>();

/** A revoked token is accepted for 60 s at most; the steps in between took most of that. */
export const revocation: Step = {
  name: 'the revoked token',
  run: async (world, check) => {
    const { revoked = '', live = '' } = rotated.get(world) ?? {};
    const { TenantUrl: tenantUrl } = outputsOf(world, GUARDED);
    const statusOf = async (token: string): Promise<number> => (await scimClient({ tenantUrl }, token)('GET', '/Users?count=0')).status;
    check('is refused', await within(60, async () => (await statusOf(revoked)) === 401));
    check('the other one is still accepted', (await statusOf(live)) === 200);
  },
};

/** Asks again and again until it is so. */
export async function within(seconds: number, holds: () => Promise<boolean>): Promise<boolean> {
  const deadlineMs = Date.now() + seconds * 1_000;
  while (!(await holds())) {
    if (Date.now() > deadlineMs) return false;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return true;
}
