import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { administrationOf } from '../../scripts/smoke/administration.ts';
import { type ScimClient, scimClient, USER } from '../support/local-client.ts';
import { temporaryFolder } from '../support/local-folder.ts';
import { startLocalServer } from '../support/local-server.ts';

const pageSchema = z.object({
  phase: z.string(),
  events: z.array(z.object({ type: z.string(), resourceId: z.string(), version: z.number(), part: z.number() })),
  nextCursor: z.string(),
});

const tokenSchema = z.object({ token: z.string() });
const createdSchema = z.object({ id: z.string() });

const read = async (follower: ScimClient, query: string) => z.parse(pageSchema, (await follower('GET', `/events?${query}`)).body);

const create = async (client: ScimClient, userName: string) =>
  z.parse(createdSchema, (await client('POST', '/Users', { schemas: [USER], userName })).body).id;

describe('the local server', () => {
  it('tells whoever follows what there is, and then what happens, as it happens', async () => {
    await using folder = await temporaryFolder();
    const server = await startLocalServer(folder.path);
    const { ask } = administrationOf({ kind: 'local', keyFile: join(folder.path, 'admin.json') });
    const [client, follower] = await Promise.all(
      (['full', 'events'] as const).map(async (scope) => {
        const request = { act: 'token.create', application: 'default', name: scope, scope } as const;
        return scimClient(server, (await ask({ request, expect: tokenSchema })).token);
      }),
    );
    if (client === undefined || follower === undefined) throw new Error('there are two tokens');
    const ada = await create(client, 'ada@example.com');

    const pages = [await read(follower, '')];
    const waiting = read(follower, `cursor=${pages[0]?.nextCursor}&wait=20`);
    const bob = await create(client, 'bob@example.com');
    pages.push(await waiting);
    const isTold = () => pages.some(({ events }) => events.some(({ resourceId }) => resourceId === bob));
    while (!isTold() && pages.length < 5) pages.push(await read(follower, `cursor=${pages.at(-1)?.nextCursor}&wait=20`));

    expect(pages[0]).toMatchObject({ phase: 'snapshot', events: [{ type: 'user.snapshot', resourceId: ada, version: 1, part: 500_000 }] });
    expect(pages.at(-1)?.events.at(-1)).toEqual({ type: 'user.created', resourceId: bob, version: 1, part: 0 });
  }, 60_000);
});
