import { describe, expect, it } from '@jest/globals';
import { directoryByName, patch, postGroup, postUser, sendBulk, statusesOf } from '../support/bulk.ts';
import { death, openFaulty, prepare, problemsOf, WAYS_TO_FAIL } from '../support/bulk-faults.ts';

describe('a bulk request that is interrupted and sent again', () => {
  it.each(WAYS_TO_FAIL)(
    'ends where one undisturbed request would, when %s 1, 2, 3 and so on',
    async (_, failAt) => {
      const reference = await openFaulty();
      const operations = await prepare(reference.endpoint);
      reference.heal();
      await sendBulk(reference.endpoint, operations);
      const calls = reference.calls();
      const expected = await directoryByName(reference.endpoint);

      for (let at = 1; at <= calls; at += 1) {
        const { endpoint, fail, heal } = await openFaulty();
        const sent = await prepare(endpoint);
        fail(failAt(at));
        await sendBulk(endpoint, sent);
        heal();

        const statuses = statusesOf(await sendBulk(endpoint, sent));

        const state = await directoryByName(endpoint);
        expect({ at, statuses: statuses.slice(0, -1), state }).toEqual({
          at,
          statuses: ['201', '201', '201', '201', '201', '201', '204', '200', '204'],
          state: expected,
        });
        expect({ at, problems: await problemsOf(endpoint) }).toEqual({ at, problems: [] });
        endpoint.table.client.destroy();
      }
    },
    120_000,
  );
});

describe('a bulk request with a circle that cannot be closed', () => {
  const open = async () => {
    const faulty = await openFaulty();
    await faulty.endpoint.send('POST', '/Groups', { body: postGroup('taken')['data'] });
    return faulty;
  };
  const operations = [postGroup('a', ['bulkId:taken']), postGroup('b', ['bulkId:a']), postGroup('taken', ['bulkId:b'])];

  it.each(WAYS_TO_FAIL.filter(([way]) => way.startsWith('the process ends')))(
    'leaves nothing of it when it is sent again after %s 1, 2, 3 and so on',
    async (_, failAt) => {
      const undisturbed = await open();
      undisturbed.heal();
      await sendBulk(undisturbed.endpoint, operations);

      for (let at = 1; at <= undisturbed.calls(); at += 1) {
        const { endpoint, fail, heal } = await open();
        fail(failAt(at));
        await sendBulk(endpoint, operations);
        heal();

        const statuses = statusesOf(await sendBulk(endpoint, operations));

        const names = Object.keys(await directoryByName(endpoint));
        expect({ at, statuses, names, problems: await problemsOf(endpoint) }).toEqual({
          at,
          statuses: ['409', '409', '409'],
          names: ['taken'],
          problems: [],
        });
        endpoint.table.client.destroy();
      }
    },
    120_000,
  );

  it('is refused without a trace when it is sent five times at once', async () => {
    const { endpoint } = await open();

    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => sendBulk(endpoint, operations)));

    expect(answers.flatMap(statusesOf).filter((status) => !['400', '409'].includes(status))).toEqual([]);
    expect(Object.keys(await directoryByName(endpoint))).toEqual(['taken']);
  });

  it('takes nothing back that others have changed since', async () => {
    const { endpoint, fail, heal } = await open();
    fail((call) => (call > 1 ? death(false) : undefined));
    await sendBulk(endpoint, operations);
    heal();
    const [a] = (await endpoint.send('GET', '/Groups', { query: { filter: 'displayName eq "a"' } })).json.Resources;
    const { json: ada } = await endpoint.send('POST', '/Users', { body: postUser('ada')['data'] });
    await sendBulk(endpoint, [patch(`/Groups/${a.id}`, { op: 'add', path: 'members', value: [{ value: ada.id }] })]);

    const answer = await sendBulk(endpoint, operations);

    expect(statusesOf(answer)).toEqual(['409', '409', '409']);
    expect(Object.keys(await directoryByName(endpoint))).toEqual(['a', 'ada', 'taken']);
  });
});
