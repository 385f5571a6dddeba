import { beforeEach, describe, expect, it } from '@jest/globals';
import { type ListedResources, listedResourcesSchema } from '../../src/directory/operator/answers.ts';
import { anAdmin } from '../support/directory-administration.ts';
import { aDirectoryTerminal } from '../support/directory-terminal.ts';
import { drain } from '../support/drain.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { administerRemoved } from '../support/removed.ts';
import { openTestStore, type TestStore } from '../support/store-open.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';

let table: TestStore;
let off: Endpoint;

beforeEach(async () => {
  table = await openTestStore();
  off = await openEndpoint({ policy: { deleteDeactivatedUsers: 'off' }, openStore: async () => table });
});

const scim = (...words: readonly string[]) => aDirectoryTerminal(table).scim(...words);

async function add(userName: string, more: object = {}): Promise<string> {
  const { json } = await off.send('POST', '/Users', { body: { schemas: [USER], userName, externalId: `E-${userName}`, ...more } });
  return json.id;
}

async function keep(userName: string, more: object = {}): Promise<string> {
  const id = await add(userName, more);
  await off.send('DELETE', `/Users/${id}`);
  return id;
}

type Row = { readonly name: string; readonly isDisabled: boolean; readonly kept?: object };

const listed = async (...words: readonly string[]): Promise<readonly Row[]> =>
  (await scim('user', ...words, '--json')).out.map((line) => JSON.parse(line));

const namesOf = (rows: readonly Row[]): readonly string[] => rows.map(({ name }) => name);

describe('a user that a DELETE has hidden', () => {
  it('is in the list, marked, behind those that are there; no client sees it', async () => {
    await keep('ada', { active: true });
    await add('bea', { active: false });
    await add('cyd');

    const { out, err } = await scim('user', 'list');
    const states = out.slice(1).map((line) => [line.slice(38, 41), /disabled|kept/.exec(line)?.[0]]);

    expect(states).toEqual([
      ['bea', 'disabled'],
      ['cyd', undefined],
      ['ada', 'kept'],
    ]);
    expect(err).toEqual([]);
    expect((await off.send('GET', '/Users')).json.totalResults).toBe(2);
  });

  it('says with --json when it was removed, and by which application', async () => {
    await keep('ada');

    expect(await listed('list')).toMatchObject([{ isDisabled: true, kept: { at: expect.stringMatching(/^\d{4}-/), by: 'default' } }]);
  });

  it.each([
    [['--disabled'], ['bea', 'ada']],
    [['--filter', 'active eq true'], []],
    [['--filter', 'userName eq "ADA"'], ['ada']],
    [
      ['--filter', 'title eq "Countess"'],
      ['cyd', 'ada'],
    ],
    [['--filter', 'title eq "Countess" and externalId eq "E-ada"'], ['ada']],
    [['--filter', 'title ne "Countess" and title pr'], []],
  ])('counts as disabled, and with %j %j are listed', async (words, names) => {
    await keep('ada', { title: 'Countess', active: true });
    await add('bea', { active: false });
    await add('cyd', { title: 'Countess' });

    expect(namesOf(await listed('list', ...words))).toEqual(names);
  });

  it('comes page by page, each once, whatever else was removed', async () => {
    const names = Array.from({ length: 7 }, (_, at) => `kept-${at}`);
    for (const name of names) await keep(name);
    const standard = await openEndpoint({ openStore: async () => table });
    await standard.send('DELETE', `/Users/${await add('removed')}`);
    await add('there');
    const { asked, scim: command } = aDirectoryTerminal(table);

    const first = await command('user', 'list', '--limit', '1');
    const three = await command('user', 'list', '--limit', '3', '--json');
    const all = await command('user', 'list', '--limit', '8', '--json');

    expect(first.err).toEqual(['There are more: --all lists them all, --limit so many.']);
    expect(three.out.map((line) => JSON.parse(line).name)).toEqual(['there', ...names.slice(0, 2)]);
    expect(three.err).toEqual(['There are more: --all lists them all, --limit so many.']);
    expect(all.out.map((line) => JSON.parse(line).name)).toEqual(['there', ...names]);
    expect(all.err).toEqual([]);
    expect(asked).toHaveLength(3);
  });

  it('is gone through from where the page before ended', async () => {
    const names = Array.from({ length: 5 }, (_, at) => `kept-${at}`);
    for (const name of names) await keep(name);
    await add('there');
    const pages: (readonly (string | undefined)[])[] = [];

    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const answer = await anAdmin(table).ask({ act: 'resource.list', by: 'ada', type: 'User', limit: 2, cursor });
      const page: ListedResources = listedResourcesSchema.parse('result' in answer ? answer.result : answer);
      pages.push(page.resources.map(({ name }) => name));
      cursor = page.cursor;
    }

    expect(pages).toEqual([
      ['there', 'kept-0'],
      ['kept-1', 'kept-2'],
      ['kept-3', 'kept-4'],
    ]);
  });

  it('is found by its name, a part of it, its externalId and its id', async () => {
    const ada = await keep('ada', { emails: [{ value: 'countess@example.com' }] });
    await add('bea');

    for (const text of ['ADA', 'ad', 'E-ada', 'countess@', ada.toUpperCase()])
      expect(await listed('find', text)).toMatchObject([{ id: ada, kept: {} }]);
  });

  it('is shown, exported, restored and purged by its name', async () => {
    const ada = await keep('ada', { title: 'Countess' });
    await off.send('POST', '/Groups', { body: { schemas: [GROUP], displayName: 'Sales' } });

    expect((await scim('user', 'show', 'ada')).out).toContainEqual(
      expect.stringMatching(/^state +kept since .+ by default, can be restored$/),
    );
    expect(JSON.parse((await scim('user', 'export', 'ada', '--json')).out.join(''))).toMatchObject({
      id: ada,
      resource: { title: 'Countess' },
    });
    expect((await scim('user', 'disable', 'ada')).err).toEqual([expect.stringMatching(/^This User was removed at .+: restore it first/)]);
    expect(await administerRemoved(table).restore('User', 'ada')).toMatchObject({ id: ada, isComplete: true });
    expect(await listed('list')).toMatchObject([{ id: ada, isDisabled: false }]);

    await off.send('DELETE', `/Users/${ada}`);
    await drain(table);
    expect(await scim('user', 'purge', 'ada', '--confirm', 'ada')).toMatchObject({ status: 0 });
    expect(await listed('list')).toEqual([]);
  });

  it('is shown with the groups it comes back to, before they were swept and after', async () => {
    const ada = await add('ada');
    const body = { schemas: [GROUP], displayName: 'Sales', members: [{ value: ada, display: 'Ada L.' }] };
    const { json: sales } = await off.send('POST', '/Groups', { body });
    await off.send('POST', '/Groups', { body: { schemas: [GROUP], displayName: 'All', members: [{ value: sales.id }] } });
    await off.send('DELETE', `/Users/${ada}`);
    const shown = async () => JSON.parse((await scim('user', 'export', 'ada', '--json')).out.join('')).groups;

    expect(await shown()).toEqual([{ id: sales.id, name: 'Sales' }]);
    await drain(table);
    expect(await shown()).toEqual([{ id: sales.id, name: 'Sales', display: 'Ada L.' }]);
  });

  it('is not in the list any more when the same person has come back', async () => {
    const ada = await keep('ada');
    await add('ada');

    expect(await listed('list')).toMatchObject([{ id: ada, isDisabled: false }]);
  });
});
