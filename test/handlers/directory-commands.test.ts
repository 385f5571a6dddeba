import { beforeAll, describe, expect, it } from '@jest/globals';
import { MemoryApplicationRepository } from '../support/access-memory.ts';
import { aDirectoryTerminal } from '../support/directory-terminal.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';

let endpoint: Endpoint;
let ids: Readonly<Record<'ada' | 'bea' | 'cyd' | 'gone' | 'inner' | 'outer', string>>;

const add = async (path: string, body: object): Promise<string> => (await endpoint.send('POST', path, { body })).json.id;

const scim = (...words: readonly string[]) => aDirectoryTerminal(endpoint.table).scim(...words);

/** The cells of each line that was printed, without the heading. */
const cellsOf = ({ out }: { readonly out: readonly string[] }) => out.slice(1).map((line) => line.split(/ {2,}/));

beforeAll(async () => {
  endpoint = await openEndpoint();
  const user = (userName: string, more: object = {}) => add('/Users', { schemas: [USER], userName, ...more });
  const ada = await user('ada@example.com', {
    externalId: 'E-1',
    name: { givenName: 'Ada', familyName: 'Lovelace' },
    emails: [{ value: 'a.lovelace@example.org', type: 'work' }],
    [ENTERPRISE]: { department: 'Engines' },
  });
  const bea = await user('bea', { active: false, displayName: 'Bea \u001b[31m' });
  const cyd = await user('cyd', { active: true });
  const gone = await user('gone', { externalId: 'E-9' });
  const inner = await add('/Groups', {
    schemas: [GROUP],
    displayName: 'Inner',
    members: [{ value: ada, display: 'Ada L.' }, { value: gone }],
  });
  const outer = await add('/Groups', { schemas: [GROUP], displayName: 'Outer', members: [{ value: inner }, { value: bea }] });
  await endpoint.send('DELETE', `/Users/${gone}`);
  ids = { ada, bea, cyd, gone, inner, outer };
});

describe('scim user list', () => {
  it('shows each user in a line, those that are disabled marked, and no control character', async () => {
    const { status, out } = await scim('user', 'list');

    expect(status).toBe(0);
    expect(out[0]).toMatch(/^ID +NAME +DISPLAY +STATE +BY +CREATED +CHANGED$/);
    expect(out.slice(1).map((line) => line.slice(0, 36))).toEqual([ids.ada, ids.bea, ids.cyd]);
    expect(out[1]).toMatch(/ada@example\.com +Ada Lovelace +default/);
    expect(out[2]).toMatch(/bea +Bea \?\[31m +disabled +default/);
  });

  it('shows the columns that are asked for, of extensions and by whoever created it, too', async () => {
    const columns =
      'userName,name.givenName,emails.value,department,urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department,meta.version,createdBy';

    const listed = await scim('user', 'list', '--columns', columns, '--filter', 'userName sw "ada"');

    expect(cellsOf(listed)).toEqual([['ada@example.com', 'Ada', 'a.lovelace@example.org', 'Engines', 'Engines', 'W/"1"', 'default']]);
  });

  it.each([
    [['--disabled'], ['bea']],
    [['--disabled', '--filter', 'userName eq "ada@example.com" or userName eq "bea"'], ['bea']],
    [['--filter', 'active eq true'], ['cyd']],
    [['--filter', 'externalId eq "E-1"'], ['ada']],
    [['--filter', 'userName eq "nobody"'], []],
  ] as const)('with %j lists %j', async (words, names) => {
    const { out } = await scim('user', 'list', ...words, '--json');

    expect(out.map((line) => JSON.parse(line).id)).toEqual(names.map((name) => ids[name]));
  });

  it('prints an object a line with --json, the whole resource in it', async () => {
    const { out } = await scim('user', 'list', '--json', '--limit', '1');

    expect(out).toHaveLength(1);
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      id: ids.ada,
      name: 'ada@example.com',
      isDisabled: false,
      createdBy: 'default',
      resource: { userName: 'ada@example.com', externalId: 'E-1', [ENTERPRISE]: { department: 'Engines' } },
    });
  });

  it('says that there are more where it shows so many only, and that there is nothing', async () => {
    expect((await scim('user', 'list', '--limit', '2')).err).toEqual(['There are more: --all lists them all, --limit so many.']);
    expect((await scim('user', 'list', '--limit', '3')).err).toEqual([]);
    expect((await scim('user', 'list', '--filter', 'title pr')).err).toEqual(['No users match.']);
  });

  it.each([
    [['user', 'list', '--columns', 'userNam'], 1, 'No attribute of User is called "userNam"; did you mean "userName"?'],
    [['user', 'list', '--columns', 'id,,active'], 2, '--columns takes attribute names with a comma between two: id,userName,emails.value.'],
    [
      ['user', 'list', '--filter', 'userName like "a"'],
      1,
      'The filter at 10: no such operator; use eq, ne, co, sw, ew, gt, ge, lt, le or pr.',
    ],
    [['user', 'list', '--limit', '0'], 2, '--limit takes a whole number, 1 or more.'],
    [['user', 'list', '--limit', 'x'], 2, '--limit takes a whole number, 1 or more.'],
    [['user', 'list', '--limit', '5', '--all'], 2, '--limit and --all exclude each other: say how many, or all.'],
    [['resource', 'list'], 2, 'Say which resource type: --type NAME.'],
    [['resource', 'list', '--type', 'Usr'], 1, 'There is no resource type "Usr"; did you mean "User"?'],
    [['user', 'find', ' '], 2, 'Say what to find: an id, a name, an address, or a part of one.'],
    [['user', 'show', 'nobody'], 1, 'No User has this id or name, and none that could be restored had it.'],
    [['user', 'disable', 'nobody'], 1, 'No User has this id or name, and none that could be restored had it.'],
    [['user', 'enable', 'gone'], 1, expect.stringMatching(/^This User was removed at .+: restore it first, as .{36}\.$/)],
    [['user', 'remove', 'gone'], 1, expect.stringMatching(/^This User was removed at /)],
    [
      ['resource', 'disable', 'Inner', '--type', 'Group'],
      1,
      'Resources of type Group have no attribute "active": they cannot be disabled.',
    ],
    [['resource', 'members', 'bea', '--type', 'User'], 1, 'Resources of type User have no members.'],
    [['user', 'purge', 'bea'], 2, expect.stringMatching(/^This would take User .{36} away for good.+repeat it with --confirm bea\.$/)],
    [['user', 'purge', 'bea', '--confirm', 'ada'], 2, expect.stringMatching(/--confirm takes exactly "bea", not "ada"/)],
    [['user', 'purge', 'nobody', '--confirm', 'nobody'], 1, 'No User has this id or name, and none that could be restored had it.'],
  ] as const)('%j is answered with status %d and %s', async (words, status, message) => {
    const answered = await scim(...words);

    expect(answered).toMatchObject({ status, out: [], err: [message] });
  });
});

describe('scim user find', () => {
  it.each([
    ['ADA@example.com', 'ada'],
    ['a.lovelace@EXAMPLE.org', 'ada'],
    ['E-1', 'ada'],
    ['lovelace', 'ada'],
    ['Bea', 'bea'],
    ['cy', 'cyd'],
  ] as const)('finds %s', async (text, name) => {
    expect((await scim('user', 'find', text)).out[1]).toContain(ids[name]);
  });

  it('finds by id, and by a text that a filter would have to escape', async () => {
    expect(cellsOf(await scim('user', 'find', ids.cyd.toUpperCase()))).toMatchObject([
      [ids.cyd, 'cyd', 'default', expect.anything(), expect.anything()],
    ]);
    expect(await scim('user', 'find', '" or id pr or userName eq "')).toMatchObject({
      status: 0,
      out: [],
      err: [expect.stringContaining('scim user removed')],
    });
  });

  it('shows those that have it exactly before those that contain it', async () => {
    expect((await scim('user', 'find', 'bea')).out).toHaveLength(2);
    expect((await scim('user', 'find', 'a')).out).toHaveLength(3);
  });
});

describe('scim user show and export', () => {
  it('tells the state, the last change, groups direct and indirect, and whose /Me it is', async () => {
    const { out } = await scim('user', 'show', 'ADA@example.com');

    expect(out).toEqual(
      expect.arrayContaining([
        expect.stringMatching(new RegExp(`^id +${ids.ada}$`)),
        expect.stringMatching(/^state +there$/),
        expect.stringMatching(/^created by +default$/),
        expect.stringMatching(/^last change +.+ by default, request .+: userName/),
        expect.stringMatching(/^externalId +E-1 \(default\)$/),
        expect.stringMatching(new RegExp(`^group +${ids.inner} Inner$`)),
        expect.stringMatching(new RegExp(`^group +${ids.outer} Outer \\(indirect\\)$`)),
        '  "userName": "ada@example.com",',
      ]),
    );
  });

  it('shows one that was removed by its name or its id, with what a restore would bring back', async () => {
    const byName = await scim('user', 'show', 'gone');
    const byId = await scim('user', 'export', ids.gone);

    expect(byName.out).toContainEqual(expect.stringMatching(/^state +removed .+ by default, can be restored until /));
    expect(JSON.parse(byId.out.join(''))).toMatchObject({ id: ids.gone, removed: { by: 'default' }, externalIds: { default: 'E-9' } });
  });

  it('exports what a group says of its member', async () => {
    const { out } = await scim('user', 'export', ids.ada, '--json');

    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      groups: [
        { id: ids.inner, isIndirect: false, display: 'Ada L.' },
        { id: ids.outer, isIndirect: true },
      ],
      lastChange: { application: 'default' },
      resource: { name: { familyName: 'Lovelace' } },
    });
  });
});

describe('scim user disable, enable and remove', () => {
  it('changes the user for every client, and says who did', async () => {
    const id = await add('/Users', { schemas: [USER], userName: 'dora', externalId: 'D-1' });

    const disabled = await scim('user', 'disable', 'dora');
    const again = await scim('user', 'disable', 'dora');
    const { json } = await endpoint.send('GET', `/Users/${id}`);
    const enabled = await scim('user', 'enable', id, '--json');
    const shown = await scim('user', 'show', id);
    const removed = await scim('user', 'remove', 'dora');

    expect([disabled.out, again.out]).toEqual([[`Disabled User ${id}.`], [`User ${id} was disabled already.`]]);
    expect(json).toMatchObject({ active: false, externalId: 'D-1', meta: { version: 'W/"2"' } });
    expect(JSON.parse(enabled.out[0] ?? '')).toMatchObject({ id, isChanged: true });
    expect(shown.out).toContainEqual(expect.stringMatching(/^last change .+ by administration, .+: active$/));
    expect(removed).toMatchObject({ status: 0, out: [`Removed User ${id}.`], err: [expect.stringContaining(`scim user restore ${id}`)] });
    expect((await endpoint.send('GET', `/Users/${id}`)).status).toBe(404);
  });
});

describe('scim group list, show and members', () => {
  it('lists groups without reading a member', async () => {
    const { out } = await scim('group', 'list', '--columns', 'id,displayName,members');

    expect(out.slice(1)).toEqual([`${ids.inner}  Inner`, `${ids.outer}  Outer`]);
  });

  it('lists members with their names, groups among them marked', async () => {
    expect(cellsOf(await scim('group', 'members', 'Outer'))).toEqual([
      [ids.bea, 'User', 'bea'],
      [ids.inner, 'Group (nested)', 'Inner'],
    ]);
    expect(cellsOf(await scim('group', 'members', ids.inner))).toEqual([[ids.ada, 'User', 'ada@example.com', 'Ada L.']]);
  });
});

describe('the admin log of these commands', () => {
  it('names who did what to which id, the name of whom it changed, and nothing else that is personal', async () => {
    const { scim: run, lines } = aDirectoryTerminal(endpoint.table, { applications: new MemoryApplicationRepository() });
    for (const words of [
      ['list', '--filter', 'name.familyName eq "Lovelace"', '--columns', 'name.familyName'],
      ['find', 'lovelace'],
      ['show', 'ada@example.com'],
      ['export', 'ada@example.com'],
      ['disable', 'ada@example.com'],
      ['enable', 'ada@example.com'],
      ['show', 'lovelace'],
      ['purge', 'ada@example.com', '--dry-run'],
    ])
      await run('user', ...words);

    expect(lines.filter(({ event }) => event !== 'admin')).toEqual([]);
    expect(lines).toHaveLength(8);
    expect(lines[0]).toMatchObject({ act: 'resource.list', by: 'ada', resourceType: 'User', counts: { resources: 1 }, outcome: 'done' });
    expect(lines.slice(2, 4)).toMatchObject([
      { act: 'resource.show', resourceId: ids.ada },
      { act: 'resource.export', resourceId: ids.ada },
    ]);
    expect(lines[6]).toMatchObject({ act: 'resource.show', outcome: 'refused' });
    expect(lines[7]).toMatchObject({ act: 'resource.purge', resourceId: ids.ada, dryRun: true });
    expect(lines.map((line) => ('subject' in line ? line.subject : ''))).toEqual([
      '',
      '',
      '',
      '',
      'ada@example.com',
      'ada@example.com',
      '',
      'ada@example.com',
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/lovelace|E-1"/i);
  });
});
