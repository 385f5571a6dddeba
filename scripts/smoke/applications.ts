import { setTimeout } from 'node:timers/promises';
import * as z from 'zod/mini';
import { scimClient } from '../../test/support/local-client.ts';
import type { Administration } from './administration.ts';

/** What applications of this suite are called; their titles say so too, and anything else is not touched. */
export const OWN_KEY = /^smoke-[0-9a-z]{6}(-\d+)?$/;

const titleOf = (key: string): string => `npm run smoke, ${key}`;

export type Application = { readonly key: string; readonly token: string };

const createdSchema = z.object({ token: z.string() });
const listedSchema = z.object({ applications: z.array(z.object({ key: z.string(), title: z.string() })) });

type Wanted = { readonly key: string; readonly settings: Readonly<Record<string, string>> };

/** Makes an application that sees only what it created, and a token for it that is good for a day. */
export async function makeApplication(administration: Administration, { key, settings }: Wanted): Promise<Application> {
  const request = { act: 'app.create', application: key, title: titleOf(key), settings: { ...settings, resources: 'own' } } as const;
  await administration.ask({ request, expect: z.unknown() });
  return { key, token: await makeToken(administration, key) };
}

export async function makeToken({ ask }: Administration, key: string): Promise<string> {
  const request = { act: 'token.create', application: key, name: 'smoke', expiresInDays: 1 } as const;
  return (await ask({ request, expect: createdSchema })).token;
}

/** Applications that a run of this suite has made and not deleted. */
export async function ownApplications({ ask }: Administration): Promise<readonly string[]> {
  const { applications } = await ask({ request: { act: 'app.list' }, expect: listedSchema });
  return applications.filter(({ key, title }) => OWN_KEY.test(key) && title === titleOf(key)).map(({ key }) => key);
}

const ACCEPTED_WITHIN_SECONDS = 20;

type Credentials = {
  readonly tenantUrl: string;
  readonly tokens: readonly string[];
  readonly paths?: readonly string[];
  readonly signal?: AbortSignal;
};

/** One of each function. */
const PATHS = ['/Users?count=0', '/Groups?count=0', '/ServiceProviderConfig', '/Me', '/Bulk'];

/** Waits until every function has heard of new tokens: they look again after at most 10 s. */
export async function untilAccepted({ tenantUrl, tokens, paths = PATHS, signal }: Credentials): Promise<void> {
  for (const token of tokens) {
    const scim = scimClient({ tenantUrl }, token);
    for (const path of paths) {
      for (let second = 0; second < ACCEPTED_WITHIN_SECONDS && (await scim('GET', path)).status === 401; second += 1) {
        await setTimeout(1_000, undefined, signal === undefined ? {} : { signal });
      }
    }
  }
}
