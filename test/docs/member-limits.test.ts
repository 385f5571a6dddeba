import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { rowsUnder } from '../../scripts/docs/markdown.ts';
import { openRepository } from '../../scripts/docs/repository.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

const rows = rowsUnder(openRepository(join(import.meta.dirname, '..', '..')).page('docs/reference/limits.md'), 'Members in one request');

/** The numbers in the row of the docs that begins so. */
function documented(request: string): readonly number[] {
  const row = rows.find(({ cells }) => cells[0] === request);
  return [...(row?.cells[1] ?? '').matchAll(/\d+/g)].map(Number);
}

let endpoint: Endpoint;
let members: readonly { readonly value: string }[] = [];

const send = async (method: string, path: string, body: unknown) => endpoint.send(method, path, { body });

const createGroup = async (displayName: string, from = 0, to = 0, more = {}) =>
  send('POST', '/Groups', { schemas: [GROUP], displayName, ...more, members: members.slice(from, to) });

const patch = async (id: string, ...operations: readonly unknown[]) =>
  (await send('PATCH', `/Groups/${id}`, { schemas: [PATCH], Operations: operations })).status;

const add = (count: number) => ({ op: 'add', path: 'members', value: members.slice(0, count) });

beforeAll(async () => {
  endpoint = await openEndpoint();
  const created = await Promise.all(
    Array.from({ length: 60 }, (_, index) => send('POST', '/Users', { schemas: [USER], userName: `u${index}` })),
  );
  members = created.map(({ json }) => ({ value: json.id }));
});

describe('the limits of members in one request, as documented', () => {
  it('holds for a PATCH that adds', async () => {
    const [limit = 0] = documented('PATCH that adds');
    const { id } = (await createGroup('add')).json;

    expect([await patch(id, add(limit + 1)), await patch(id, add(limit))]).toEqual([413, 200]);
  });

  it('holds for a PATCH that removes', async () => {
    const [limit = 0] = documented('PATCH that removes');
    const { id } = (await createGroup('remove', 0, 30)).json;
    await patch(id, { op: 'add', path: 'members', value: members.slice(30) });
    const remove = (count: number) => ({ op: 'remove', path: 'members', value: members.slice(0, count) });

    expect([await patch(id, remove(limit + 1)), await patch(id, remove(limit))]).toEqual([413, 200]);
  });

  it('holds for a PATCH that renames as well', async () => {
    const [limit = 0] = documented('PATCH that renames the group as well');
    const { id } = (await createGroup('rename')).json;
    const rename = { op: 'replace', path: 'displayName', value: 'renamed' };

    expect([await patch(id, rename, add(limit + 1)), await patch(id, rename, add(limit))]).toEqual([413, 200]);
  });

  it('holds for a POST, with an externalId and without', async () => {
    const [plain = 0, withExternalId = 0] = documented('POST of a group');
    const statuses = [
      await createGroup('post', 0, plain + 1),
      await createGroup('post', 0, plain),
      await createGroup('post external', 0, withExternalId + 1, { externalId: 'x' }),
      await createGroup('post external', 0, withExternalId, { externalId: 'x' }),
    ].map(({ status }) => status);

    expect(statuses).toEqual([413, 201, 413, 201]);
  });

  it('holds for a PUT', async () => {
    const [added = 0, removed = 0] = documented('PUT of a group');
    const { id } = (await createGroup('put')).json;
    const put = async (count: number) =>
      (await send('PUT', `/Groups/${id}`, { schemas: [GROUP], displayName: 'put', members: members.slice(0, count) })).status;
    const adding = [await put(added + 1), await put(added)];
    await put(removed + 1);

    expect([...adding, await put(0), await put(1)]).toEqual([413, 200, 413, 200]);
  });
});
