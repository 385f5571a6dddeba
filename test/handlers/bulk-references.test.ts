import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  directoryByName,
  ENTERPRISE,
  idOf,
  managedBy,
  operationLines,
  patch,
  postGroup,
  postUser,
  resultsOf,
  sendBulk,
  statusesOf,
  USER,
} from '../support/bulk.ts';
import { drain } from '../support/drain.ts';
import { contradictions } from '../support/dynamodb-invariants.ts';
import { readTable } from '../support/dynamodb-table.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';

let endpoint: Endpoint;

const read = async (path: string) => (await endpoint.send('GET', path)).json;
const total = async (path: string): Promise<number> => (await read(path)).totalResults;
const memberIds = async (group: string): Promise<readonly string[]> =>
  ((await read(`/Groups/${group}`)).members ?? []).map(({ value }: { value: string }) => value);
const managerOf = async (user: string) => (await read(`/Users/${user}`))[ENTERPRISE]?.manager;

const expectSound = async () => {
  const { client, tableName } = endpoint.table;
  await drain(endpoint.table);
  expect(contradictions(await readTable(client, tableName))).toEqual([]);
};

beforeEach(async () => {
  endpoint = await openEndpoint();
});

describe('a reference to what the same request creates', () => {
  it.each([
    ['backwards', [postUser('u'), postGroup('g', ['bulkId:u'])], 1, 0],
    ['forwards', [postGroup('g', ['bulkId:u']), postUser('u')], 0, 1],
  ])('leads %s, and the results stay in the order of the request', async (_, operations, group, user) => {
    const answer = await sendBulk(endpoint, operations);

    expect(statusesOf(answer)).toEqual(['201', '201']);
    expect(await memberIds(idOf(answer, group))).toEqual([idOf(answer, user)]);
    expect(resultsOf(answer).map(({ bulkId }) => bulkId)).toEqual(operations.map(({ bulkId }) => bulkId));
  });

  it('may stand in the data of a POST, a PUT and a PATCH, as a member', async () => {
    const { json: group } = await endpoint.send('POST', '/Groups', { body: postGroup('put')['data'] });
    const { json: other } = await endpoint.send('POST', '/Groups', { body: postGroup('patched')['data'] });

    const answer = await sendBulk(endpoint, [
      postGroup('posted', ['bulkId:u', 'bulkId:v']),
      { method: 'PUT', path: `/Groups/${group.id}`, data: postGroup('put', ['bulkId:v'])['data'] },
      patch(`/Groups/${other.id}`, { op: 'add', path: 'members', value: [{ value: 'bulkId:u' }] }),
      postUser('u'),
      postUser('v'),
    ]);

    const [u, v] = [idOf(answer, 3), idOf(answer, 4)];
    expect(statusesOf(answer)).toEqual(['201', '200', '204', '201', '201']);
    expect([...(await memberIds(idOf(answer, 0)))].sort()).toEqual([u, v].sort());
    expect(await memberIds(group.id)).toEqual([v]);
    expect(await memberIds(other.id)).toEqual([u]);
  });

  it('may stand in the path of a PUT, a PATCH and a DELETE', async () => {
    const answer = await sendBulk(endpoint, [
      { ...patch('/Users/bulkId:u', { op: 'add', path: 'title', value: 'T' }), version: 'W/"1"' },
      { method: 'PUT', path: '/Groups/bulkId:g', data: postGroup('renamed')['data'] },
      { method: 'DELETE', path: '/Users/bulkId:gone' },
      postUser('u'),
      postGroup('g'),
      postUser('gone'),
    ]);

    expect(statusesOf(answer)).toEqual(['204', '200', '204', '201', '201', '201']);
    expect(await read(`/Users/${idOf(answer, 3)}`)).toMatchObject({ title: 'T' });
    expect(await read(`/Groups/${idOf(answer, 4)}`)).toMatchObject({ displayName: 'renamed' });
    expect(idOf(answer, 0)).toBe(idOf(answer, 3));
    expect((await endpoint.send('GET', `/Users/${idOf(answer, 5)}`)).status).toBe(404);
  });

  it('becomes the id of the resource, and its address in a $ref', async () => {
    const manager = { value: 'bulkId:boss', $ref: '/Users/bulkId:boss' };

    const answer = await sendBulk(endpoint, [postUser('u', { schemas: [USER, ENTERPRISE], [ENTERPRISE]: { manager } }), postUser('boss')]);

    expect(await managerOf(idOf(answer, 0))).toMatchObject({ value: idOf(answer, 1), $ref: resultsOf(answer)[1]?.location });
  });

  it('is no reference where it is only part of a text', async () => {
    const answer = await sendBulk(endpoint, [postUser('u', { title: 'see bulkId:nobody', nickName: 'bulkId:' })]);

    expect(await read(`/Users/${idOf(answer, 0)}`)).toMatchObject({ title: 'see bulkId:nobody', nickName: 'bulkId:' });
  });

  it('to one that failed is 409, and so is one to that, while others go on', async () => {
    await endpoint.send('POST', '/Users', { body: postUser('taken')['data'] });

    const answer = await sendBulk(endpoint, [
      postGroup('outer', ['bulkId:inner']),
      postGroup('inner', ['bulkId:taken']),
      patch('/Users/bulkId:taken', { op: 'add', path: 'title', value: 'T' }),
      postUser('taken'),
      postUser('free'),
    ]);

    expect(statusesOf(answer)).toEqual(['409', '409', '409', '409', '201']);
    expect(resultsOf(answer)[1]?.response).not.toHaveProperty('scimType');
    expect(resultsOf(answer)[1]?.response?.detail).toMatch(/Operations\[3\], which failed/);
    expect(resultsOf(answer)[2]).not.toHaveProperty('location');
    expect(await total('/Groups')).toBe(0);
  });

  it('to one that makes no sense is 409, and one to nothing 400', async () => {
    const answer = await sendBulk(endpoint, [
      { ...postUser('x'), data: undefined },
      postGroup('g', ['bulkId:x']),
      postGroup('h', ['bulkId:nobody']),
    ]);

    expect(statusesOf(answer)).toEqual(['400', '409', '400']);
  });

  it('lets an operation wait, and moves nothing else', async () => {
    const { json: ada } = await endpoint.send('POST', '/Users', { body: postUser('ada')['data'] });

    const answer = await sendBulk(endpoint, [
      postGroup('g', ['bulkId:ada']),
      { method: 'DELETE', path: `/Users/${ada.id}` },
      postUser('ada'),
    ]);

    expect(statusesOf(answer)).toEqual(['201', '204', '201']);
  });
});

describe('resources that refer to each other in a circle', () => {
  it('are created: two groups that are members of each other', async () => {
    const answer = await sendBulk(endpoint, [postGroup('a', ['bulkId:b']), postGroup('b', ['bulkId:a'])]);

    const [a, b] = [idOf(answer, 0), idOf(answer, 1)];
    expect(resultsOf(answer)).toEqual([
      { method: 'POST', bulkId: 'a', status: '201', version: 'W/"2"', location: expect.stringContaining(`/Groups/${a}`) },
      { method: 'POST', bulkId: 'b', status: '201', version: 'W/"1"', location: expect.stringContaining(`/Groups/${b}`) },
    ]);
    expect([await memberIds(a), await memberIds(b)]).toEqual([[b], [a]]);
    expect((await read(`/Groups/${a}`)).meta.version).toBe('W/"2"');
    await expectSound();
  });

  it('are created: two users who manage each other, and one who manages herself', async () => {
    const answer = await sendBulk(endpoint, [
      postUser('a', managedBy('bulkId:b')),
      postUser('b', managedBy('bulkId:a')),
      postUser('c', managedBy('bulkId:c')),
    ]);

    const [a, b, c] = [idOf(answer, 0), idOf(answer, 1), idOf(answer, 2)];
    expect(statusesOf(answer)).toEqual(['201', '201', '201']);
    expect(await Promise.all([a, b, c].map(managerOf))).toMatchObject([{ value: b }, { value: a }, { value: c }]);
    expect(resultsOf(answer).map(({ version }) => version)).toEqual(['W/"2"', 'W/"1"', 'W/"2"']);
  });

  it('are created: three in a circle, with members beside it and operations that wait for it', async () => {
    const answer = await sendBulk(endpoint, [
      patch('/Groups/bulkId:c', { op: 'add', path: 'members', value: [{ value: 'bulkId:u' }] }),
      postGroup('a', ['bulkId:b', 'bulkId:u']),
      postGroup('b', ['bulkId:c']),
      postGroup('c', ['bulkId:a']),
      postUser('u'),
    ]);

    const [a, b, c, u] = [1, 2, 3, 4].map((index) => idOf(answer, index));
    expect(statusesOf(answer)).toEqual(['204', '201', '201', '201', '201']);
    expect([...(await memberIds(a ?? ''))].sort()).toEqual([b, u].sort());
    expect(await memberIds(b ?? '')).toEqual([c]);
    expect([...(await memberIds(c ?? ''))].sort()).toEqual([a, u].sort());
    await expectSound();
  });

  it('have one line each in the log, with all that was written', async () => {
    await sendBulk(endpoint, [postGroup('a', ['bulkId:b']), postGroup('b', ['bulkId:a'])]);

    expect(operationLines(endpoint.lines)).toEqual([
      expect.objectContaining({ index: 0, status: 201, subject: 'a', changed: ['displayName', 'members'] }),
      expect.objectContaining({ index: 1, status: 201, subject: 'b', changed: ['displayName', 'members'] }),
    ]);
  });

  it('are all refused when one of them is, and nothing stays', async () => {
    await endpoint.send('POST', '/Groups', { body: postGroup('taken')['data'] });

    const answer = await sendBulk(endpoint, [
      postGroup('a', ['bulkId:b']),
      postGroup('b', ['bulkId:taken']),
      postGroup('taken', ['bulkId:a']),
      postUser('member of none'),
      postGroup('beside', ['bulkId:a']),
    ]);

    expect(statusesOf(answer)).toEqual(['409', '409', '409', '201', '409']);
    expect(resultsOf(answer).map(({ response }) => response?.scimType)).toEqual([undefined, undefined, 'uniqueness', undefined, undefined]);
    expect(resultsOf(answer)[0]?.response?.detail).toMatch(/Operations\[0\]: it and Operations\[2\] refer to each other/);
    expect(Object.keys(await directoryByName(endpoint))).toEqual(['member of none', 'taken']);
    expect(operationLines(endpoint.lines)[0]).toMatchObject({ refusal: 'conflict', subject: 'a' });
    await expectSound();
  });

  it('are taken back when one cannot be completed: a group is no member of itself', async () => {
    const answer = await sendBulk(endpoint, [postGroup('a', ['bulkId:a', 'bulkId:b']), postGroup('b', ['bulkId:a'])]);

    expect(statusesOf(answer)).toEqual(['400', '409']);
    expect(resultsOf(answer)[0]?.response).toMatchObject({ scimType: 'invalidValue' });
    expect(await total('/Groups')).toBe(0);
    await expectSound();
  });

  it('count as errors one by one', async () => {
    const broken = [postGroup('a', ['bulkId:b']), { ...postGroup('b', ['bulkId:a']), data: { members: [{ value: 'bulkId:a' }] } }];

    const two = await sendBulk(endpoint, [...broken, postUser('u')], { failOnErrors: 2 });
    const three = await sendBulk(endpoint, [...broken, postUser('u')], { failOnErrors: 3 });

    expect(statusesOf(two)).toEqual(['409', '400']);
    expect(statusesOf(three)).toEqual(['409', '400', '201']);
  });

  it('are none when the references stand in what is not written', async () => {
    const answer = await sendBulk(endpoint, [
      postUser('u', { groups: [{ value: 'bulkId:g' }], shoeSize: 'bulkId:g' }),
      postGroup('g', ['bulkId:u']),
    ]);

    expect(statusesOf(answer)).toEqual(['201', '201']);
    expect(await memberIds(idOf(answer, 1))).toEqual([idOf(answer, 0)]);
    expect(resultsOf(answer)[0]?.version).toBe('W/"1"');
  });
});
