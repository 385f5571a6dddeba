import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type AtRest, countAtRest } from '../../cli/commands/cost/at-rest.ts';
import { describeCosts } from '../../cli/commands/cost/describe.ts';
import { estimate, totalOf } from '../../cli/commands/cost/estimate.ts';
import { costOf, fleetCost } from '../../cli/commands/cost/fleet-cost.ts';
import { dollarsFor } from '../../cli/commands/cost/prices.ts';
import { IDLE, MODEL } from '../../cli/commands/cost/traffic.ts';
import { withCosts } from '../../scripts/docs/cost-page.ts';
import { ACCOUNT, SHAPES } from './shapes.ts';
import { accountTemplate, templateOf } from './synthesised.ts';

const MOST_DOLLARS_IDLE = 2;

const atRestOf = (file?: Readonly<Record<string, unknown>>): AtRest => countAtRest(templateOf(file).toJSON());

describe('a tenant that nobody uses', () => {
  it('costs at most $2 a month', () => {
    expect(totalOf(estimate(atRestOf(), IDLE))).toBeLessThanOrEqual(MOST_DOLLARS_IDLE);
  });

  it('has its table, secret and queue counted', () => {
    expect(atRestOf()).toMatchObject({ secrets: 1, polledQueues: 1, isTenant: true, hasRecovery: true, memoryGb: 1, keys: 0, webAcls: 0 });
  });

  it.each([{}, SHAPES['hardened']])('has nothing of which it is not known what it costs, as %j', (file) => {
    expect(atRestOf(file).unknownTypes).toEqual([]);
  });

  it('has a key and a web ACL counted that are its own', () => {
    expect(atRestOf(SHAPES['hardened'])).toMatchObject({ keys: 1, webAcls: 1 });
  });
});

describe('what the feed of events costs', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/explanation/cost.md'), 'utf8').replaceAll('\n', ' ');
  const dollars = (amount: number): string => amount.toFixed(2);

  it('is said of a million changes', () => {
    const [before, after] = [0, 1_000_000].map((changes) => estimate(atRestOf(), { ...IDLE, changes }));
    const time = after?.find(({ item }) => item === 'events, time')?.dollars ?? Number.NaN;

    const more = totalOf(after ?? []) - totalOf(before ?? []);

    expect(page).toContain(`A million changes that come alone cost $${dollars(more)},`);
    expect(page).toContain(`the function's time, $${dollars(time)}, then`);
  });

  it('is said of a queue that a rule fills: a message is sent, received and deleted', () => {
    const [lambda] = estimate(atRestOf(), IDLE).filter(({ item }) => item === 'Lambda asking queues for work');
    const [standing, asked] = [lambda?.dollars ?? Number.NaN, dollarsFor('queueRequests', 3_000_000)];

    expect(page).toContain(`| ${dollars(standing)}, and $${dollars(asked)} for a million changes that come alone |`);
  });

  it.each([
    ['all the time, with `wait=20`', { requests: (730 * 3_600) / 20, seconds: 20, reads: 12 }],
    ['every minute, without `wait`', { requests: 730 * 60, seconds: 0.1, reads: 3 }],
  ])('is said of whoever asks %s', (how, { requests, seconds, reads }) => {
    const asking =
      dollarsFor('apiRequests', requests) +
      dollarsFor('functionRequests', requests) +
      dollarsFor('functionGbSeconds', requests * seconds * 0.25) +
      dollarsFor('readUnits', requests * reads) +
      dollarsFor('logIngestedGb', (requests * MODEL.logBytesPerRequest) / 1_024 ** 3);

    expect(page).toContain(`| ${how} | ${requests.toLocaleString('en')} | ${dollars(asking)} |`);
  });
});

describe('what an account needs once', () => {
  it('has nothing of which it is not known what it costs', () => {
    expect(countAtRest(accountTemplate(ACCOUNT).toJSON()).unknownTypes).toEqual([]);
  });
});

describe('the page on what it costs', () => {
  it('shows what the command prints (else run `npm run cost:docs`)', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/explanation/cost.md'), 'utf8');
    const account = costOf('scim-account', countAtRest(accountTemplate().toJSON()), 1_000);
    const tenant = costOf('scim-example', atRestOf(), 1_000);
    const fleets = [1, 10, 100].map((count) => fleetCost(account, [tenant], count));

    expect(page).toBe(withCosts(page, describeCosts([account, tenant], fleets, 1_000)));
    expect(page).toContain('SCIM-EXAMPLE');
  });
});
