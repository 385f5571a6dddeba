import { describe, expect, it } from '@jest/globals';
import { directoryByName, idOf, operationLines, postGroup, postUser, sendBulk, statusesOf, USER } from '../support/bulk.ts';
import { prepare, problemsOf } from '../support/bulk-faults.ts';
import { refuseOverlaps } from '../support/dynamodb-conflicts.ts';
import { openEndpoint } from '../support/endpoint.ts';
import { openTestStore } from '../support/store-open.ts';

describe('a bulk request that is sent again', () => {
  it('creates nothing twice, and tells what it created the first time', async () => {
    const endpoint = await openEndpoint();
    const operations = await prepare(endpoint);
    const first = await sendBulk(endpoint, operations);
    const state = await directoryByName(endpoint);

    const second = await sendBulk(endpoint, operations);

    expect(statusesOf(first)).toEqual(['201', '201', '201', '201', '201', '201', '204', '200', '204', '204']);
    expect(statusesOf(second)).toEqual(['201', '201', '201', '201', '201', '201', '204', '200', '204', '404']);
    expect([0, 1, 2, 3, 4, 5].map((index) => idOf(second, index))).toEqual([0, 1, 2, 3, 4, 5].map((index) => idOf(first, index)));
    expect(await directoryByName(endpoint)).toEqual(state);
    expect(operationLines(endpoint.lines).map(({ repeated }) => repeated)).toEqual([
      ...first.json.Operations.map(() => undefined),
      ...[true, true, true, true, true, true, undefined, undefined, undefined, undefined],
    ]);
  });

  it('is another request when anything in it is other, but for the order of names and what is never kept', async () => {
    const endpoint = await openEndpoint();
    await sendBulk(endpoint, [postUser('x', { title: 'T', password: 'one' })]);

    const same = await sendBulk(endpoint, [
      { data: { password: 'two', title: 'T', userName: 'x', schemas: [USER] }, bulkId: 'x', path: '/Users', method: 'POST' },
    ]);
    const others = [
      await sendBulk(endpoint, [postUser('x', { title: 'Other' })]),
      await sendBulk(endpoint, [{ ...postUser('x', { title: 'T' }), bulkId: 'y' }]),
      await sendBulk(endpoint, [postUser('x', { title: 'T' }), postUser('z')]),
      await sendBulk(endpoint, [postUser('x', { title: 'T' })], { failOnErrors: 5 }),
    ];

    expect(statusesOf(same)).toEqual(['201']);
    expect(others.map((answer) => statusesOf(answer)[0])).toEqual(['409', '409', '409', '409']);
  });

  it('is another request when another application sends it', async () => {
    const endpoint = await openEndpoint();
    const other = await openEndpoint({ principal: { application: 'other' }, openStore: async () => endpoint.table });

    expect(statusesOf(await sendBulk(endpoint, [postUser('x')]))).toEqual(['201']);
    expect(statusesOf(await sendBulk(other, [postUser('x')]))).toEqual(['409']);
  });

  it('finds its own work though others have renamed it, and does it again when others have removed it', async () => {
    const endpoint = await openEndpoint();
    const first = await sendBulk(endpoint, [postUser('renamed'), postUser('removed')]);
    await endpoint.send('PATCH', `/Users/${idOf(first, 0)}`, {
      body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [{ op: 'replace', path: 'userName', value: 'new' }] },
    });
    await endpoint.send('DELETE', `/Users/${idOf(first, 1)}`);

    const second = await sendBulk(endpoint, [postUser('renamed'), postUser('removed')]);

    expect(statusesOf(second)).toEqual(['201', '201']);
    expect(idOf(second, 0)).toBe(idOf(first, 0));
    expect(idOf(second, 1)).not.toBe(idOf(first, 1));
    expect(Object.keys(await directoryByName(endpoint))).toEqual(['new', 'removed']);
    expect(await problemsOf(endpoint)).toEqual([]);
  });

  it('finds its own work though it has itself removed since what that needed', async () => {
    const endpoint = await openEndpoint();
    const { json: leaver } = await endpoint.send('POST', '/Users', { body: postUser('leaver')['data'] });
    const operations = [postGroup('g', [leaver.id]), { method: 'DELETE', path: `/Users/${leaver.id}` }];
    const first = await sendBulk(endpoint, operations);

    const second = await sendBulk(endpoint, operations);

    expect([statusesOf(first), statusesOf(second)]).toEqual([
      ['201', '204'],
      ['201', '404'],
    ]);
    expect(idOf(second, 0)).toBe(idOf(first, 0));
  });

  it('leaves alone a circle that it once completed, though it could not complete it now', async () => {
    const endpoint = await openEndpoint();
    const operations = [postGroup('a', ['bulkId:b']), postGroup('b', ['bulkId:c']), postGroup('c', ['bulkId:a'])];
    const first = await sendBulk(endpoint, operations);
    await endpoint.send('DELETE', `/Groups/${idOf(first, 1)}`);
    await endpoint.send('POST', '/Groups', { body: postGroup('b')['data'] });

    const second = await sendBulk(endpoint, operations);

    expect(statusesOf(second)).toEqual(['409', '409', '409']);
    expect(Object.keys(await directoryByName(endpoint))).toEqual(['a', 'b', 'c']);
  });
});

describe('a bulk request that is sent five times at once', () => {
  it('creates one set of resources', async () => {
    const endpoint = await openEndpoint({
      openStore: async () => {
        const table = await openTestStore();
        refuseOverlaps(table.client);
        return table;
      },
    });
    const operations = (await prepare(endpoint)).slice(0, 8);

    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => sendBulk(endpoint, operations)));

    expect(answers.map(statusesOf)).toEqual(answers.map(() => ['201', '201', '201', '201', '201', '201', '204', '200']));
    expect(new Set(answers.map((answer) => [0, 1, 2, 3, 4, 5].map((index) => idOf(answer, index)).join())).size).toBe(1);
    expect(Object.keys(await directoryByName(endpoint))).toEqual(['a', 'b', 'c', 'keeper', 'leaver', 'm', 'n', 'team', 'u']);
    expect(await problemsOf(endpoint)).toEqual([]);
  });
});
