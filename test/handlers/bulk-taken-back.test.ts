import { describe, expect, it } from '@jest/globals';
import { directoryByName, idOf, managedBy, patch, postGroup, postUser, resultsOf, sendBulk, statusesOf } from '../support/bulk.ts';
import { death, openFaulty } from '../support/bulk-faults.ts';
import { openEndpoint } from '../support/endpoint.ts';

const USERS = [postUser('m', managedBy('bulkId:n')), postUser('n', managedBy('bulkId:m'))];
const GROUPS = [postGroup('m', ['bulkId:n']), postGroup('n', ['bulkId:m'])];

describe('a circle that is sent again and fails', () => {
  it.each([
    ['users', '/Users', USERS],
    ['groups', '/Groups', GROUPS],
  ])(
    'costs none of the %s that were there before, whichever call fails',
    async (_, endpointPath, operations) => {
      for (const isDone of [false, true]) {
        for (let at = 1; at <= 7; at += 1) {
          const { endpoint, fail, heal } = await openFaulty();
          const first = await sendBulk(endpoint, operations);
          await endpoint.send('DELETE', `${endpointPath}/${idOf(first, 0)}`);
          fail((call) => (call === at ? death(isDone) : undefined));

          await sendBulk(endpoint, operations);

          heal();
          const { status } = await endpoint.send('GET', `${endpointPath}/${idOf(first, 1)}`);
          expect({ isDone, at, status }).toEqual({ isDone, at, status: 200 });
          endpoint.table.client.destroy();
        }
      }
    },
    60_000,
  );

  it.each([
    ['goes on with what was left over', 2, 7],
    ['makes it anew', 0, 4],
  ])('takes nothing back that another send of it has completed meanwhile, when it %s', async (_, callsBefore, interruptedAt) => {
    const { endpoint, fail, heal } = await openFaulty();
    fail((call) => (call > callsBefore ? death(false) : undefined));
    await sendBulk(endpoint, GROUPS);
    heal();
    const interruption: { calls: number; other?: readonly string[] } = { calls: 0 };
    endpoint.table.client.middlewareStack.add(
      (next, context) => async (args) => {
        // That a group gets a group is announced beforehand, which changes nothing.
        if (context.commandName === 'PutItemCommand') return next(args);
        interruption.calls += 1;
        if (interruption.calls !== interruptedAt) return next(args);
        interruption.other = statusesOf(await sendBulk(endpoint, GROUPS));
        throw new TypeError('the end');
      },
      { step: 'initialize', name: 'interrupt' },
    );

    const answer = await sendBulk(endpoint, GROUPS);

    expect(interruption.other).toEqual(['201', '201']);
    expect(statusesOf(answer)).toEqual(['500', '409']);
    expect(resultsOf(answer)[1]?.response?.detail).toMatch(/changed by others since: it stays/);
    expect(Object.keys(await directoryByName(endpoint))).toEqual(['m', 'n']);
  });
});

describe('the time of an operation', () => {
  it('is that at which it is done, not that of the request: who asks for what is new would miss it', async () => {
    const clock = { nowMs: Date.now() };
    const endpoint = await openEndpoint({ services: { clock: () => (clock.nowMs += 100) } });

    await sendBulk(endpoint, [
      postUser('early'),
      postUser('late', managedBy('bulkId:late')),
      patch('/Users/bulkId:early', { op: 'add', path: 'title', value: 'Early' }),
    ]);

    const { json } = await endpoint.send('GET', '/Users');
    const times = json.Resources.map(({ meta }: { meta: Record<string, string> }) => [meta['created'], meta['lastModified']]);
    const [[earlyCreated, earlyModified], [lateCreated, lateModified]] = times;
    expect([earlyCreated, lateCreated, lateModified, earlyModified]).toEqual(
      [...new Set([earlyCreated, lateCreated, lateModified, earlyModified])].sort(),
    );
  });
});
