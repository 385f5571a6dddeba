import { describe, expect, it } from '@jest/globals';
import { applicationSchema } from '../../../src/access/application.ts';
import type { Issuing } from '../../../src/access/issuing.ts';
import { aCredential, anAccount, aToken, listOf, MemoryCredentialStore } from '../../support/access-memory.ts';
import { aTerminal } from '../../support/admin-terminal.ts';
import { aClient, aFederation } from '../../support/token-endpoint.ts';

const CREATED = '2026-01-01T00:00:00.000Z';

/** A terminal of a tenant with these applications beside the default one. */
function setUp(applications: Readonly<Record<string, Partial<Issuing>>> = {}, credentials = new MemoryCredentialStore()) {
  const terminal = aTerminal({ credentials });
  for (const [key, issuing] of Object.entries(applications)) {
    const application = applicationSchema.parse({
      key,
      title: key,
      policy: {},
      credentials: issuing,
      schemaVersion: 1,
      createdAt: CREATED,
    });
    terminal.applications.stored.set(key, application);
  }
  return terminal;
}

describe('scim token create', () => {
  it('has a token expire as its application says, unless it is told otherwise', async () => {
    const { scim, out } = setUp({ iprova: { expiresInDays: 'never' } });

    expect(await scim('token create --local --app iprova --json')).toBe(0);
    expect(await scim('token create --local --app iprova --expires-in-days 2 --json')).toBe(0);

    expect(out.map((line) => JSON.parse(line).credential)).toMatchObject([
      { application: 'iprova', expiresAt: null },
      { application: 'iprova', expiresAt: '2026-06-03T00:00:00.000Z' },
    ]);
  });

  it('warns of one that may only read: Test Connection would pass, and every write fail', async () => {
    const { scim, err } = setUp();

    expect(await scim('token create --local --scope read')).toBe(0);

    expect(err.join('\n')).toMatch(/Test Connection will pass.*refused with 403/);
  });

  it.each([
    ['identifier-password', 'scim account create'],
    ['oauth-client', 'scim client create'],
  ] as const)('names the other command for an application of kind %s, and makes a token all the same when told to', async (kind, other) => {
    const { scim, err, out } = setUp({ cloudsuite: { kind } });

    expect(await scim('token create --local --app cloudsuite')).toBe(1);
    expect(err).toEqual([expect.stringContaining(other)]);
    expect(await scim('token create --local --app cloudsuite --kind token')).toBe(0);
    expect(out).toEqual([expect.stringMatching(/^scim_/)]);
  });

  it.each([
    ['--app hr', 'There is no application "hr"'],
    ['--app HR', 'application of token.create must be 1 to 64 lower-case letters'],
  ])('refuses %s', async (flags, words) => {
    const { scim, err, credentials } = setUp();

    expect(await scim(`token create --local ${flags}`)).toBe(1);
    expect(err.join()).toContain(words);
    expect(credentials.list.credentials).toEqual([]);
  });

  it('refuses an eleventh live one, and says what to do', async () => {
    const { scim, err } = setUp();
    for (let count = 0; count < 10; count += 1) await scim('token create --local --json');

    expect(await scim('token create --local')).toBe(1);
    expect(err.at(-1)).toMatch(/has 10 live credentials.*revoke one/);
  });
});

describe('scim token show', () => {
  it('shows a token again where its application has tokens kept', async () => {
    const { scim, out, err } = setUp({ miniorange: { isRetrievable: true } });
    await scim('token create --local --app miniorange');
    const [id] = /(?<=scim token show )\w+/.exec(err.join('\n')) ?? [];

    expect(await scim(`token show ${id} --tenant example`)).toBe(0);
    expect(await scim(`token show ${id} --tenant example --json`)).toBe(0);

    expect(out[1]).toBe(out[0]);
    expect(err).toContain('Tenant URL    https://api.example.com/example/scim/v2');
    expect(JSON.parse(out[2] ?? '')).toMatchObject({ token: out[0], tenantUrl: expect.any(String), credential: { isRetrievable: true } });
  });

  it('says of an expired one that it is refused', async () => {
    const token = aCredential(aToken(1), { value: aToken(1), expiresAt: '2026-05-31T00:00:00.000Z' });
    const { scim, err } = setUp({}, new MemoryCredentialStore(listOf(token)));

    expect(await scim('token show c1 --local')).toBe(0);
    expect(err.join()).toContain('expired, and is refused: 1 day ago');
  });

  it('says of any other that it was shown once, and what to do', async () => {
    const { account } = await anAccount('a long password');
    const { scim, err } = setUp({}, new MemoryCredentialStore(listOf(aCredential(aToken(1)), account)));

    expect(await scim('token show c1 --local')).toBe(1);
    expect(await scim('token show a1 --local')).toBe(1);
    expect(await scim('token show nope --local')).toBe(1);

    expect(err[0]).toMatch(/shown once.*scim token rotate --app default.*isRetrievable=true/);
    expect(err[1]).toMatch(/of kind identifier-password, of which only a hash is kept/);
    expect(err[2]).toMatch(/no credential "nope"/);
  });

  it('says how to make another that may do the same', async () => {
    const { scim, err } = setUp({}, new MemoryCredentialStore(listOf(aCredential(aToken(1), { scope: 'events' }))));

    expect(await scim('token show c1 --local')).toBe(1);

    expect(err.join()).toContain('"scim token rotate --app default --scope events"');
  });
});

describe('scim token rotate', () => {
  const list = listOf(
    aCredential(aToken(1), { id: 'old', name: 'Entra' }),
    aCredential(aToken(2), { id: 'reader', scope: 'read' }),
    aCredential(aToken(3), { id: 'other', application: 'hr' }),
    aCredential(aToken(4), { id: 'soon', expiresAt: '2026-06-01T12:00:00.000Z' }),
  );
  const expiryOf = ({ list: { credentials } }: MemoryCredentialStore, id: string) => credentials.find((one) => one.id === id)?.expiresAt;

  it('makes another and lets the older ones of its application and scope run out', async () => {
    const { scim, out, err, credentials } = setUp({}, new MemoryCredentialStore(list));

    expect(await scim('token rotate --local')).toBe(0);

    expect(out).toEqual([expect.stringMatching(/^scim_/)]);
    expect(err.join('\n')).toContain('Token old "Entra" is accepted until 2026-06-04T00:00:00.000Z');
    expect(expiryOf(credentials, 'old')).toBe('2026-06-04T00:00:00.000Z');
    expect(expiryOf(credentials, 'soon')).toBe('2026-06-01T12:00:00.000Z');
    expect([expiryOf(credentials, 'reader'), expiryOf(credentials, 'other')]).toEqual([null, null]);
  });

  it('makes none that may do more than all there are, unless it is told to', async () => {
    const follower = aCredential(aToken(1), { id: 'follower', scope: 'events' });
    const { scim, err, credentials } = setUp({}, new MemoryCredentialStore(listOf(follower)));

    expect(await scim('token rotate --local')).toBe(0);

    expect(err.join('\n')).toContain('scope events');
    expect(credentials.list.credentials.map(({ scope }) => scope)).toEqual(['events', 'events']);
    expect(expiryOf(credentials, 'follower')).toBe('2026-06-04T00:00:00.000Z');
    expect(await scim('token rotate --local --scope full')).toBe(0);
    expect(credentials.list.credentials.at(-1)?.scope).toBe('full');
  });

  it('asks which are meant where none may do everything', async () => {
    const several = listOf(aCredential(aToken(1), { id: 'follower', scope: 'events' }), aCredential(aToken(2), { id: 'b', scope: 'read' }));
    const { scim, err, credentials } = setUp({}, new MemoryCredentialStore(several));

    expect(await scim('token rotate --local')).toBe(1);

    expect(err.join()).toContain('of the scopes events, read: say which are meant');
    expect(credentials.list.credentials).toHaveLength(2);
  });

  it('takes the hours, and tells a script', async () => {
    const { scim, out, credentials } = setUp({}, new MemoryCredentialStore(list));

    expect(await scim('token rotate --local --overlap-hours 1 --json')).toBe(0);

    expect(JSON.parse(out.join(''))).toMatchObject({ older: [{ id: 'old', expiresAt: '2026-06-01T01:00:00.000Z' }, { id: 'soon' }] });
    expect(expiryOf(credentials, 'soon')).toBe('2026-06-01T01:00:00.000Z');
  });

  it('has room among ten for one that takes their place at once', async () => {
    const ten = Array.from({ length: 10 }, (_, index) => aCredential(aToken(index), { id: `t${index}` }));
    const { scim, err, credentials } = setUp({}, new MemoryCredentialStore(listOf(...ten)));

    expect(await scim('token rotate --local --overlap-hours 72')).toBe(1);
    expect(err.join()).toContain('10 is the most it may have');
    expect(await scim('token rotate --local --overlap-hours 0')).toBe(0);
    expect(credentials.list.credentials.filter(({ expiresAt }) => expiresAt !== '2026-06-01T00:00:00.000Z')).toHaveLength(1);
  });

  it('makes none for an application whose client presents something else, unless it has one', async () => {
    const { scim, err, credentials } = setUp({ infor: { kind: 'identifier-password' } });

    expect(await scim('token rotate --local --app infor')).toBe(1);
    expect(err.join()).toContain('make them with "scim account create". There is no token that another could take the place of.');
    expect(credentials.list.credentials).toEqual([]);

    await scim('token create --local --app infor --kind token');
    expect(await scim('token rotate --local --app infor')).toBe(0);
  });

  it('says that there was nothing to replace', async () => {
    const { scim, err } = setUp();

    expect(await scim('token rotate --tenant example')).toBe(0);
    expect(err).toEqual(expect.arrayContaining([expect.stringContaining('no older one'), expect.stringContaining('Tenant URL')]));
  });

  it.each([
    ['--overlap-hours soon', 2, 'takes a whole number of hours'],
    ['--overlap-hours 721', 1, 'from 0 to 720'],
    ['--expires-in-days 2 --never-expires', 2, 'exclude each other'],
    ['--app nowhere', 1, 'There is no application "nowhere"'],
  ])('refuses %s', async (flags, status, words) => {
    const { scim, err } = setUp({}, new MemoryCredentialStore(list));

    expect(await scim(`token rotate --local ${flags}`)).toBe(status);
    expect(err.join()).toContain(words);
  });
});

describe('scim token list', () => {
  it('lists every kind, or those of one application', async () => {
    const { account } = await anAccount('a long password', { application: 'hr', expiresAt: '2026-06-08T00:00:00.000Z' });
    const { scim, out, err } = setUp({}, new MemoryCredentialStore(listOf(aCredential(aToken(1)), account)));

    await scim('token list --local --json');
    await scim('token list --local --app hr --json');
    await scim('token list --local');

    expect(out.slice(0, 2).map((line) => JSON.parse(line).credentials.map(({ id }: { readonly id: string }) => id))).toEqual([
      ['c1', 'a1'],
      ['a1'],
    ]);
    expect(err).toEqual([
      expect.stringMatching(/^Account a1 "CloudSuite" expires in 7 days: make another with "scim account create --app hr"/),
    ]);
  });

  it('says of each kind that is about to expire what to do', async () => {
    const expiresAt = '2026-06-08T00:00:00.000Z';
    const [reader, client, federation] = [
      aCredential(aToken(1), { id: 'r1', scope: 'read', expiresAt }),
      aClient(2, { application: 'hr', expiresAt }),
      aFederation('https://a.example', { expiresAt }),
    ];
    const { scim, err } = setUp({}, new MemoryCredentialStore(listOf(reader, client, federation)));

    await scim('token list --local');

    expect(err).toEqual([
      expect.stringMatching(/^Token r1 .* expires in 7 days: "scim token rotate --app default --scope read" makes another/),
      expect.stringMatching(/^Client secret c2 .* expires in 7 days: "scim client rotate --app hr" makes another/),
      expect.stringMatching(/^Federation f1 .* expires in 7 days: make the same again with "scim client federate --app default"/),
    ]);
  });
});
