import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SETTLE_MS } from '../../src/directory/backfill/perform-backfill.ts';
import { openTestClient } from '../support/dynamodb-client.ts';
import { injectFaults } from '../support/dynamodb-faults.ts';
import { contradictions } from '../support/dynamodb-invariants.ts';
import { type RawItem, readTable } from '../support/dynamodb-table.ts';
import type { Endpoint } from '../support/endpoint.ts';
import { type MatchingSite, openMatchingSite } from '../support/matching-site.ts';
import { aCall } from '../support/store-call.ts';

jest.setTimeout(120_000);

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const NUMBER = `${ENTERPRISE}:employeeNumber`;
const WORK_PHONE = 'phoneNumbers[type eq "work"].value';

let site: MatchingSite;
let endpoint: Endpoint;

beforeEach(async () => {
  site = await openMatchingSite();
  endpoint = await site.openFunction();
});

const aUser = (name: string, more: object = {}) => ({ schemas: [USER], userName: name, ...more });
const withNumber = (number: string) => ({ schemas: [USER, ENTERPRISE], [ENTERPRISE]: { employeeNumber: number } });

async function create(name: string, more: object = {}, by = endpoint): Promise<string> {
  const { status, json } = await by.send('POST', '/Users', { body: aUser(name, more) });
  expect(status).toBe(201);
  return json.id;
}

const retitle = (id: string, title: string, by = endpoint) =>
  by.send('PATCH', `/Users/${id}`, { body: { schemas: [PATCH], Operations: [{ op: 'replace', path: 'title', value: title }] } });

/** What the function knows of the settings is read by a request before, so that the costs are those of the look-up alone. */
async function find(filter: string, by = endpoint) {
  await by.send('GET', '/Users/nobody');
  const { status, json, line } = await by.send('GET', '/Users', { query: { filter, excludedAttributes: 'groups' } });
  expect(status).toBe(200);
  return { ids: json.Resources.map(({ id }: { readonly id: string }) => id), line };
}

const everyoneHasHeard = () => {
  site.clock.nowMs += 31_000;
};

describe('a matching attribute', () => {
  it('is scanned for until its keys are complete, and found by one key from then on', async () => {
    const id = await create('ada', withNumber('E-1'));
    for (let index = 0; index < 9; index += 1) await create(`other.${index}`, withNumber(`N-${index}`));

    await site.add('employeeNumber');
    const waiting = await site.list('User');
    everyoneHasHeard();
    const scanned = await find(`${NUMBER} eq "e-1"`);
    await site.settle();
    const keyed = await find(`${NUMBER} eq "e-1"`);
    const missed = await find(`${NUMBER} eq "e-2"`);

    expect(waiting).toEqual([
      { type: 'User', attribute: 'emails.value', state: 'built in' },
      { type: 'User', attribute: NUMBER, state: 'waiting' },
    ]);
    expect(await site.list('User')).toContainEqual({ type: 'User', attribute: NUMBER, state: 'ready' });
    expect([scanned.ids, keyed.ids, missed.ids]).toEqual([[id], [id], []]);
    expect(scanned.line.storeRoundTrips).toBe(1);
    expect(keyed.line).toMatchObject({ storeRoundTrips: 2, readUnits: 2 });
    expect(missed.line).toMatchObject({ storeRoundTrips: 1, readUnits: 1 });
  });

  it('of a value path leads to the values that its filter selects, and to no others', async () => {
    const phones = (type: string) => ({ phoneNumbers: [{ type, value: '+1' }] });
    const [work] = [await create('work', phones('work')), await create('home', phones('home')), await create('other', phones('home'))];
    await site.add(WORK_PHONE);
    await site.settle();
    const keyed = await find('phoneNumbers[type eq "WORK"].value eq "+1"');
    const both = await find('phoneNumbers.value eq "+1"');
    const apart = await find('phoneNumbers[type eq "work"] and phoneNumbers[value eq "+1"]');

    expect(await site.keys('phoneNumbers[type eq "work"].value')).toEqual([`+1 ${work}`]);
    expect(keyed.ids).toEqual([work]);
    expect(keyed.line.storeRoundTrips).toBe(2);
    expect(both.ids).toHaveLength(3);
    expect(apart.ids).toEqual([work]);
  });

  it('costs a write two units more for each of its values, and one that leaves them alone nothing', async () => {
    const cost = async (name: string) => {
      const { line } = await endpoint.send('POST', '/Users', { body: aUser(name, { title: 'x' }) });
      return line.writeUnits;
    };
    const before = await cost('before');
    await site.add('title');
    everyoneHasHeard();
    const after = await cost('after');
    const id = await create('patched', { title: 'x' });
    const { line } = await endpoint.send('PATCH', `/Users/${id}`, {
      body: { schemas: [PATCH], Operations: [{ op: 'replace', path: 'nickName', value: 'n' }] },
    });

    expect(after - before).toBe(2);
    expect(line).toMatchObject({ storeRoundTrips: 2, writeUnits: 1 });
  });

  it('is as it was where it is added again, before and after it is ready', async () => {
    await create('ada', { title: 'x' });
    const outcomes = [(await site.add('title')).result.outcome, (await site.add('TITLE')).result.outcome];
    const [running] = await site.pending();
    await site.settle();
    outcomes.push((await site.add(`${USER}:title`)).result.outcome);

    expect(outcomes).toEqual(['added', 'unchanged', 'unchanged']);
    expect(running).toMatchObject({ name: 'matching/User/title' });
    expect(await site.list('User')).toContainEqual({ type: 'User', attribute: 'title', state: 'ready' });
  });
});

describe('a matching attribute that is removed', () => {
  it('leaves no key behind, though functions that have not heard go on writing and reading them', async () => {
    const id = await create('ada', { title: 'x' });
    await site.add('title');
    await site.settle();
    const slow = await site.openFunction();
    expect((await find('title eq "x"', slow)).line.storeRoundTrips).toBe(2);

    await site.remove('title');
    everyoneHasHeard();
    expect((await find('title eq "x"')).line.storeRoundTrips).toBe(1);
    const late = await create('late', { title: 'x' });
    expect((await find('title eq "x"')).ids).toEqual([id, late]);
    await site.settle();

    expect(await site.keys('title')).toEqual([]);
    expect(await site.pending()).toEqual([]);
    expect(await site.list('User')).toEqual([{ type: 'User', attribute: 'emails.value', state: 'built in' }]);
    expect((await find('title eq "x"')).ids).toEqual([id, late]);
  });

  it('is relied on by a function that has not heard, and misses nobody', async () => {
    await site.add('title');
    await site.settle();
    const slow = await site.openFunction();
    await find('title eq "x"', slow);
    await site.remove('title');
    const fresh = await site.openFunction();

    const id = await create('new', { title: 'x' }, fresh);

    expect((await find('title eq "x"', slow)).ids).toEqual([id]);
  });

  it('can be added again while its keys go', async () => {
    const id = await create('ada', { title: 'x' });
    await site.add('title');
    await site.settle();
    await site.remove('title');
    const worker = site.openWorker();
    for (let turn = 0; turn < 2; turn += 1) {
      for (const { name } of await site.pending()) await worker(name, aCall({ deadlineMs: site.clock.nowMs + 60_000 }));
      site.clock.nowMs += SETTLE_MS;
    }
    expect(await site.list('User')).toContainEqual(expect.objectContaining({ attribute: 'title', state: 'being removed' }));
    await retitle(id, 'y');

    await site.add('title');
    await site.settle();

    expect(await site.keys('title')).toEqual([`y ${id}`]);
    expect((await find('title eq "y"')).line.storeRoundTrips).toBe(2);
  });

  it.each(['emails.value', 'nickName'])('is none of ours if it is %s', async (attribute) => {
    await expect(site.remove(attribute)).rejects.toThrow(/always matched|not matched/);
  });
});

describe('what a user has more of than it can be found by', () => {
  const many = (count: number, domain: string) =>
    Array.from({ length: count }, (_, index) => ({ type: 'work', value: `${index}@${domain}`, primary: false }));

  it('keeps filters walking, names the user, and is no obstacle to its removal', async () => {
    const id = await create('ada', { emails: many(50, 'a.example'), phoneNumbers: many(50, 'b.example') });
    await create('bob', { phoneNumbers: [{ type: 'work', value: '+1' }] });
    await site.add('phoneNumbers.value');
    await site.settle();
    everyoneHasHeard();

    expect(await site.list('User')).toContainEqual(
      expect.objectContaining({ attribute: 'phoneNumbers.value', state: 'incomplete', stuck: 1, stuckIds: [id] }),
    );
    expect((await find('phoneNumbers.value eq "7@b.example"')).ids).toEqual([id]);
    expect((await retitle(id, 'still changed')).status).toBe(200);
    const another = { body: aUser('cyd', { emails: many(50, 'c.example'), phoneNumbers: many(50, 'd.example') }) };
    expect((await endpoint.send('POST', '/Users', another)).json.detail).toMatch(/what else an operator has made a matching attribute/);
    expect((await endpoint.send('DELETE', `/Users/${id}`)).status).toBe(204);
    expect((await site.add('phoneNumbers.value')).result.outcome).toBe('added');
    await site.settle();
    expect(await site.list('User')).toContainEqual({ type: 'User', attribute: 'phoneNumbers.value', state: 'ready' });
    expect(contradictions(await readTable(site.client, site.tableName))).toEqual([]);
  });
});

/** What the users themselves say: `<title> <id>`. */
const titlesIn = (items: readonly RawItem[]): readonly string[] =>
  items
    .filter(({ pk }) => pk?.S === 'User#0')
    .flatMap(({ sk, attributes }) => {
      const { title } = JSON.parse(attributes?.S ?? '{}');
      return title === undefined ? [] : [`${title} ${sk?.S}`];
    })
    .sort();

describe('writers at the same time', () => {
  it('leave every user to be found by what it holds, whichever function has heard of the attribute', async () => {
    const ids: string[] = [];
    for (let at = 0; at < 2_000; at += 20) {
      const some = Array.from({ length: 20 }, (_, index) =>
        create(`user.${at + index}`, (at + index) % 3 === 0 ? {} : { title: `t${index}` }),
      );
      ids.push(...(await Promise.all(some)));
    }
    const others = await Promise.all([site.openFunction(), site.openFunction()]);
    const functions = [endpoint, ...others];
    let [isOver, writes] = [false, 0];
    const write = async (by: Endpoint) => {
      while (!isOver && writes < 3_000) {
        writes += 1;
        const id = ids[(writes * 37) % ids.length] ?? '';
        if (writes % 15 === 0) await by.send('DELETE', `/Users/${id}`);
        else if (writes % 4 === 0) await create(`late.${writes}`, { title: `t${writes % 20}` }, by);
        else await retitle(id, `t${writes % 20}`, by);
      }
    };
    const writing = functions.map(write);
    await site.add('title');
    const seen: number[] = [];
    const worker = site.openWorker();

    for (let turn = 0; turn < 200 && (await site.pending()).length > 0; turn += 1) {
      await worker('matching/User/title', aCall({ deadlineMs: site.clock.nowMs + 60_000 }));
      seen.push((await site.list('User')).at(-1)?.seen ?? seen.at(-1) ?? 0);
      site.clock.nowMs += 13_000;
    }
    isOver = true;
    await Promise.all(writing);
    everyoneHasHeard();

    expect(await site.list('User')).toContainEqual({ type: 'User', attribute: 'title', state: 'ready' });
    expect(seen).toEqual(seen.toSorted((left, right) => left - right));
    expect(writes).toBeGreaterThan(20);
    for (const title of ['t0', 't7', 't19']) {
      const [keyed, scanned] = [await find(`title eq "${title}"`), await find(`not (title ne "${title}")`)];
      expect(keyed.line.storeRoundTrips).toBe(2);
      expect(keyed.ids.length).toBeGreaterThan(0);
      expect(keyed.ids).toEqual(scanned.ids);
    }
    const items = await readTable(site.client, site.tableName);
    expect(await site.keys('title')).toEqual(titlesIn(items));
    expect(contradictions(items)).toEqual([]);
  });
});

describe('a worker that dies before or after any of its calls', () => {
  /** Every call from this one on fails; the work of this one itself is done, or not. */
  const mortal = (at: number, isDone: boolean) => {
    const client = openTestClient();
    let calls = 0;
    injectFaults(client, () => {
      calls += 1;
      return calls < at ? undefined : { error: new TypeError('the end'), isDone: isDone && calls === at };
    });
    return { worker: site.openWorker(client), isDead: () => calls >= at };
  };

  /** Whether it died; then the next one goes on. */
  const settleWith = async (at: number, isDone: boolean): Promise<boolean> => {
    const { worker, isDead } = mortal(at, isDone);
    await site.settle(worker).catch(() => undefined);
    await site.settle();
    return isDead();
  };

  it.each([false, true])('leaves what it was about to the next one (with the work of the call done: %s)', async (isDone) => {
    const id = await create('ada', { title: 'x' });
    await create('bob');
    let [points, areDead] = [0, true];

    while (areDead && points < 60) {
      points += 1;
      await site.add('title');
      const diedAdding = await settleWith(points, isDone);
      const [added, keys] = [await site.list('User'), await site.keys('title')];
      await site.remove('title');
      areDead = (await settleWith(points, isDone)) || diedAdding;

      expect(added).toContainEqual({ type: 'User', attribute: 'title', state: 'ready' });
      expect(keys).toEqual([`x ${id}`]);
      expect(await site.list('User')).toHaveLength(1);
      expect(await site.keys('title')).toEqual([]);
    }

    expect(points).toBeGreaterThan(10);
  });
});
