import { describe, expect, it } from '@jest/globals';
import { makeProfile } from '../../../src/directory/mapping/profile.ts';
import { parseMapping } from '../../../src/scim/mapping/parse.ts';
import { REGISTRY, USER } from '../../../src/scim/schema/resource-types.ts';
import { aTerminal } from '../../support/admin-terminal.ts';
import { aStoredGroup, aStoredUser } from '../../support/stored-resources.ts';

const MAPPING = {
  User: [
    { target: 'login', path: 'userName', transforms: ['upperCase'] },
    { target: 'name', join: ['name.givenName', 'name.familyName'], separator: ', ' },
    { target: 'mail', firstOf: ['emails.value', 'title'], default: 'none' },
    { target: 'phones', path: 'phoneNumbers.value', all: true },
    { target: 'source', constant: 'scim' },
  ],
};
const LATER = { User: [{ target: 'login', path: 'displayName' }, MAPPING.User[1], { target: 'office', path: 'title' }] };

const ada = aStoredUser({ attributes: { userName: 'ada@example.com', name: { givenName: 'Ada' } } });
const request = { schemas: [USER.schema.id], userName: 'bob@example.com', phoneNumbers: [{ value: '1' }, { value: '2', primary: true }] };

const files = {
  'mapping.json': JSON.stringify(MAPPING),
  'later.json': JSON.stringify(LATER),
  'groups.json': JSON.stringify({ Group: [{ target: 'team', path: 'displayName' }] }),
  'wrong.json': JSON.stringify({
    User: [
      { target: 'login', path: 'usrName' },
      { target: 'constructor', constant: 1 },
    ],
  }),
  'faulty.json': JSON.stringify({
    User: [
      { target: 'login', path: 'usrName' },
      { target: 'login', path: 'title' },
    ],
  }),
  'request.json': JSON.stringify(request),
  'nameless.json': JSON.stringify({ schemas: [USER.schema.id] }),
  'list.json': '[]',
  'broken.json': '{',
};

const NOW = '2026-06-01T00:00:00.000Z';

const setUp = () => aTerminal({ files, resources: [ada, aStoredGroup()] });

async function mapped() {
  const terminal = setUp();
  expect(await terminal.scim('app map set mapping.json --local')).toBe(0);
  terminal.out.length = 0;
  terminal.err.length = 0;
  return terminal;
}

describe('scim app map set', () => {
  it('says what is added, and that it counts soon', async () => {
    const { scim, out, err } = setUp();

    expect(await scim('app map set mapping.json --local')).toBe(0);

    expect(out).toEqual([
      'added  User  login   userName, upperCase',
      'added  User  name    name.givenName + ", " + name.familyName',
      'added  User  mail    first of emails.value | title, or else "none"',
      'added  User  phones  all of phoneNumbers.value',
      'added  User  source  always "scim"',
    ]);
    expect(err).toEqual([expect.stringContaining('It is in effect within 30 seconds; "scim app map show" says how far')]);
  });

  it('shows with --dry-run what would change, and changes nothing', async () => {
    const { scim, out, err } = await mapped();

    expect(await scim('app map set later.json --local --dry-run')).toBe(0);

    expect(out).toEqual([
      'changed    User  login   userName, upperCase -> displayName',
      'unchanged  User  name    name.givenName + ", " + name.familyName',
      'added      User  office  title',
      'removed    User  mail    first of emails.value | title, or else "none"',
      'removed    User  phones  all of phoneNumbers.value',
      'removed    User  source  always "scim"',
    ]);
    expect(err).toEqual(['Nothing has been changed: this is what would be.']);
    out.length = 0;
    await scim('app map show --local --json');
    expect(JSON.parse(out.join('\n'))).toEqual(MAPPING);
  });

  it('says so when the file says what is there', async () => {
    const { scim, out, err } = await mapped();

    expect(await scim('app map set mapping.json --local')).toBe(0);
    expect(err).toEqual(['Nothing is to be changed.']);
    expect(out.every((line) => line.startsWith('unchanged'))).toBe(true);
  });

  it('leaves a line that names the application, and no value', async () => {
    const { lines } = await mapped();

    expect(lines).toEqual([
      {
        event: 'admin',
        requestId: 'request-1',
        act: 'app.map.set',
        by: 'ada',
        application: 'default',
        tenant: 'example',
        outcome: 'done',
        at: expect.any(String),
      },
    ]);
  });

  it.each([
    ['wrong.json', 1, 'User[1].target is a name that programs keep for themselves; take another.'],
    ['faulty.json', 1, 'User[0] "login": the path "usrName" names no attribute of User; did you mean "userName"?'],
    ['faulty.json', 1, 'User[1] "login": User[0] has this target already; give each its own.'],
    ['mapping.json --app hr', 1, 'There is no application "hr"; known: default'],
    ['broken.json', 2, 'broken.json is no valid JSON'],
    ['nothing.json', 2, 'nothing.json cannot be read: there is no such file.'],
  ])('refuses %s', async (line, status, words) => {
    const { scim, out, err } = setUp();

    expect(await scim(`app map set ${line} --local`)).toBe(status);
    expect(err.join('\n')).toContain(words);
    expect(out).toEqual([]);
  });
});

describe('scim app map show', () => {
  it('shows what each attribute is made of', async () => {
    const { scim, out } = await mapped();

    expect(await scim('app map show --local')).toBe(0);
    expect(out.slice(0, 2)).toEqual(['TYPE  ATTRIBUTE  MADE OF', 'User  login      userName, upperCase']);
  });

  it('says that there is none', async () => {
    const { scim, err } = setUp();

    expect(await scim('app map show --local')).toBe(0);
    expect(err).toEqual(['The application default has no mapping.']);
  });
});

describe('how far the profiles are', () => {
  const backfill = {
    name: 'mapping/User/default',
    type: 'User',
    revision: 'r',
    startedAt: NOW,
    seen: 0,
    changed: 0,
    stuck: 0,
    stuckIds: [],
  };

  it.each([
    [{}, 'User: profiles are made anew in a minute, once every function has heard of the mapping.'],
    [{ beginsAtMs: 1, total: 300, seen: 100, changed: 7 }, 'User: profiles are being made anew: 33 % (100 of 300, 7 changed).'],
    [{ beginsAtMs: 1, total: 3, seen: 4 }, 'being made anew: 99 % (4 of 3, 0 changed)'],
    [{ total: 3, seen: 3, changed: 2, finishedAt: NOW }, `User: all profiles were made anew by ${NOW}: 2 of 3 changed.`],
    [
      { total: 3, seen: 3, stuck: 1, stuckIds: ['i1'], finishedAt: NOW },
      '; 1 could not be: with its profile, a resource is larger than one may be (i1).',
    ],
  ])('is said where the rebuild is at %j', async (progress, words) => {
    const others = { ...backfill, name: 'mapping/User/hr' };
    const { scim, err } = aTerminal({
      files,
      backfills: [{ ...backfill, ...progress }, others, { ...backfill, name: 'matching/User/title' }],
    });

    expect(await scim('app map show --local')).toBe(0);
    expect(err).toEqual(['The application default has no mapping.', expect.stringContaining(words)]);
  });
});

describe('scim app map remove', () => {
  it('removes it, once somebody has seen what goes', async () => {
    const { scim, out, err } = await mapped();

    await scim('app map remove --local --dry-run');
    expect(err).toEqual(['Nothing has been changed: this is what would be.']);
    expect(await scim('app map remove --local')).toBe(0);

    expect(out.slice(5)).toEqual(out.slice(0, 5));
    expect(out[0]).toBe('removed  User  login   userName, upperCase');
    await scim('app map show --local');
    expect(err.at(-1)).toBe('The application default has no mapping.');
  });
});

describe('scim app map test', () => {
  it('shows what comes out for a user, and why an attribute stays empty', async () => {
    const { scim, out, err } = await mapped();

    expect(await scim('app map test --local --user ADA@example.com')).toBe(0);

    expect(out).toEqual([
      'ATTRIBUTE  VALUE            WHY',
      'login      ADA@EXAMPLE.COM',
      'name       Ada',
      'mail       none',
      'phones     -                phoneNumbers.value has no value, and there is no default.',
      'source     scim',
    ]);
    expect(err).toEqual([`User ${ada.id}, created by the application default; it carries no profile yet.`]);
  });

  it('shows what comes out for a request, by a mapping that is not set', async () => {
    const { scim, out, err } = setUp();

    expect(await scim('app map test --local --file request.json --mapping mapping.json')).toBe(0);

    expect(out).toContain('phones     ["2","1"]');
    expect(err).toEqual([]);
  });

  it('shows a group, as JSON', async () => {
    const { scim, out } = setUp();

    expect(await scim('app map test --local --group Staff --mapping groups.json --json')).toBe(0);
    expect(JSON.parse(out.join(''))).toMatchObject({ resourceType: 'Group', attributes: [{ target: 'team', value: 'Staff' }] });
  });

  it.each([
    ['current', MAPPING, 'it carries a profile by this mapping.'],
    ['outdated', LATER, 'the profile it carries is by another mapping'],
  ])('says that the profile is %s', async (_state, by, words) => {
    const profile = makeProfile(USER, parseMapping(REGISTRY, by), ada);
    const { scim, err } = aTerminal({ files, resources: [{ ...ada, ...(profile && { profile }) }] });
    await scim('app map set mapping.json --local');

    await scim(`app map test --local --user ${ada.id}`);
    expect(err.at(-1)).toContain(words);
  });

  it('says that another application’s mapping makes the profile', async () => {
    const { scim, err } = aTerminal({ files, resources: [{ ...ada, createdBy: 'hr' }] });

    await scim('app map test --local --user ada@example.com --mapping mapping.json --app default');
    expect(err).toEqual([`User ${ada.id}, created by the application hr, whose mapping makes its profile, and not this one.`]);
  });

  it.each([
    ['', 2, 'Say what to try it with: --user NAME, --group NAME, or --file PATH.'],
    ['--user a --file request.json', 2, 'Say what to try it with'],
    ['--user a --type User', 2, '--type belongs to --file.'],
    ['--user nobody', 1, 'There is no User of this id or name: it was never there, or has been removed.'],
    ['--user ada@example.com', 1, 'The application "default" maps no attributes of User: set a mapping with "scim app map set"'],
    ['--user ada@example.com --mapping groups.json', 1, 'The mapping has no list for User.'],
    ['--user ada@example.com --mapping wrong.json', 1, 'User[1].target is a name that programs keep for themselves'],
    ['--file nameless.json --mapping mapping.json', 1, 'The request would be refused: userName'],
    ['--file list.json --mapping mapping.json', 1, 'The request must be the JSON object that a client sends.'],
    ['--file request.json --mapping mapping.json --type Usr', 1, 'There is no resource type "Usr"; did you mean "User"?'],
  ])('refuses %s', async (line, status, words) => {
    const { scim, err } = setUp();

    expect(await scim(`app map test --local ${line}`)).toBe(status);
    expect(err.join('\n')).toContain(words);
  });

  it('is refused by the function itself without anything to try it with', async () => {
    const { terminal } = setUp();
    const { answer } = await terminal.invokeAdmin({ kind: 'local', keyFile: 'key' }, { act: 'app.map.test', by: 'ada' });

    expect(answer).toMatchObject({ ok: false, error: { message: expect.stringContaining('give one of the two') } });
  });
});
