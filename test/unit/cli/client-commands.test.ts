import { describe, expect, it } from '@jest/globals';
import { runCommandLine } from '../../../cli/program.ts';
import type { Credential } from '../../../src/access/credentials/credential.ts';
import { hashOf } from '../../../src/access/credentials/digest.ts';
import { aCredential, aToken, listOf, MemoryCredentialStore } from '../../support/access-memory.ts';
import { aTerminal } from '../../support/admin-terminal.ts';
import { aClient, aFederation } from '../../support/token-endpoint.ts';

const URL = 'https://api.example.com/example/scim/v2';

function setUp(...credentials: readonly Credential[]) {
  const { terminal, out, err, lines, credentials: vault } = aTerminal({ credentials: new MemoryCredentialStore(listOf(...credentials)) });
  const scim = (line: string) => runCommandLine([...line.split(' '), '--tenant', 'example'], terminal);
  const json = async (line: string) => {
    expect(await scim(`${line} --json`)).toBe(0);
    return JSON.parse(out.at(-1) ?? '');
  };
  return { scim, json, out, err, lines, vault };
}

describe('scim client create', () => {
  it('prints the secret alone on standard output, and beside it what Entra ID asks for', async () => {
    const { scim, out, err, vault } = setUp();

    expect(await scim('client create --name Entra')).toBe(0);

    const [client] = vault.list.credentials;
    expect(out).toEqual([expect.stringMatching(/^scim_[0-9A-Za-z]{49}$/)]);
    expect(client).toMatchObject({
      kind: 'oauth-client',
      name: 'Entra',
      hash: hashOf(out[0] ?? ''),
      accessTokenMinutes: 60,
      scope: 'full',
    });
    expect(err.join('\n')).toContain(
      `Tenant URL         ${URL}\nToken Endpoint     ${URL}/oauth2/token\nClient Identifier  ${client?.kind === 'oauth-client' && client.clientId}`,
    );
    expect(err.join('\n')).toContain('once only');
  });

  it('makes secrets for two years unless it is told otherwise, and access tokens for as long as it is told', async () => {
    const { json } = setUp();

    const { client } = await json('client create');
    const { client: other } = await json('client create --expires-in-days 365 --access-token-minutes 360');

    expect(client).toMatchObject({ expiresAt: '2028-06-01T00:00:00.000Z', accessTokenMinutes: 60 });
    expect(other).toMatchObject({ expiresAt: '2027-06-01T00:00:00.000Z', accessTokenMinutes: 360 });
  });

  it('keeps the client id of an application, and gives another application another', async () => {
    const { json, scim } = setUp();
    await scim('app create hr');

    const clients = [await json('client create'), await json('client create'), await json('client create --app hr')];

    const [one, same, other] = clients.map(({ client }) => client.clientId);
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });

  it('joins those that are made at once to one client, and loses none', async () => {
    const { json, vault } = setUp();

    await Promise.all(Array.from({ length: 5 }, () => json('client create')));

    expect(vault.list.credentials).toHaveLength(5);
    expect(new Set(vault.list.credentials.map((client) => 'clientId' in client && client.clientId)).size).toBe(1);
  });

  it('warns of a secret that may only read', async () => {
    const { scim, err } = setUp();

    await scim('client create --scope read');

    expect(err.join('\n')).toContain('Test Connection will pass, and every write will be refused');
  });

  it.each([
    ['client create --expires-in-days 30', 1, 'expiresInDays of client.create must be a whole number of days from 365 to 1096'],
    ['client create --access-token-minutes 30', 1, 'accessTokenMinutes of client.create must be a whole number of minutes from 60 to 360'],
    ['client create --expires-in-days soon', 2, '--expires-in-days takes a whole number'],
    ['client create --access-token-minutes 1e3', 2, '--access-token-minutes takes a whole number'],
    ['client create --app nobody', 1, 'There is no application "nobody"'],
    ['client rotate --app nobody', 1, 'There is no application "nobody"'],
    ['client rotate', 1, 'Application "default" has no live client secret: "scim client create --app default" makes one.'],
    ['client rotate --overlap-hours 1000', 1, 'overlapHours of client.rotate must be a whole number of hours from 0 to 720'],
    ['client rotate --overlap-hours x', 2, '--overlap-hours takes a whole number'],
    ['client revoke c9', 1, 'There is no client secret or federation "c9": "scim client list" shows their ids.'],
    ['client list --app No', 1, 'application of client.list must be 1 to 64 lower-case letters'],
    ['client federate', 2, '--issuer is missing'],
    ['client federate --issuer https://a.example', 2, '--subject is missing'],
    ['client federate --issuer https://a.example --subject s', 2, '--audience is missing'],
    [
      'client federate --issuer http://a.example --subject s --audience a',
      1,
      'issuer of client.federate must be a URL that begins with https://',
    ],
    [
      'client federate --issuer https://a.example --subject s --audience a --jwks-uri ftp://a',
      1,
      'jwksUri of client.federate must be a URL',
    ],
    ['client federate --issuer https://a.example --subject s --audience a b c d e f', 1, 'must be a list of 1 to 5 audiences'],
    [
      'client federate --issuer https://a.example --subject s --audience a --expires-in-days 9999',
      1,
      'must be a whole number of days from 1 to 3650',
    ],
  ])('refuses "%s"', async (line, status, words) => {
    const { scim, err, vault } = setUp();

    expect(await scim(line)).toBe(status);

    expect(err.join('\n')).toContain(words);
    expect(vault.list.credentials).toEqual([]);
  });

  it('refuses one too many of an application', async () => {
    const { scim, err } = setUp(...Array.from({ length: 10 }, (_, index) => aClient(index, { id: `c${index}` })));

    expect(await scim('client create')).toBe(1);
    expect(err.join('\n')).toContain('has 10 live credentials');
  });
});

describe('scim client rotate', () => {
  it('makes a secret like the newest one, and lets those of the application run out', async () => {
    const { json, vault } = setUp(
      aClient(1, { id: 'old', scope: 'read', accessTokenMinutes: 120 }),
      aClient(2, { id: 'soon', scope: 'read', createdAt: '2025-01-01T00:00:00.000Z', expiresAt: '2026-06-02T00:00:00.000Z' }),
      aClient(3, { id: 'other', application: 'hr' }),
      aFederation('https://a.example'),
    );

    const { client, clientSecret, older } = await json('client rotate --overlap-hours 48');

    expect(client).toMatchObject({ clientId: aClient(1).clientId, scope: 'read', accessTokenMinutes: 120 });
    expect(older.map(({ id, expiresAt }: { id: string; expiresAt: string }) => [id, expiresAt])).toEqual([
      ['old', '2026-06-03T00:00:00.000Z'],
      ['soon', '2026-06-02T00:00:00.000Z'],
    ]);
    expect(vault.list.credentials.map(({ id, expiresAt }) => [id, expiresAt])).toEqual([
      ['old', '2026-06-03T00:00:00.000Z'],
      ['soon', '2026-06-02T00:00:00.000Z'],
      ['other', null],
      ['f1', null],
      [client.id, '2028-06-01T00:00:00.000Z'],
    ]);
    expect(JSON.stringify(vault.list)).not.toContain(clientSecret);
  });

  it('leaves those of another scope to whoever presents them', async () => {
    const { json, vault } = setUp(aClient(1, { id: 'writes' }), aClient(2, { id: 'follows', scope: 'events' }));

    const { client, older } = await json('client rotate --scope full');

    expect(client.scope).toBe('full');
    expect(older.map(({ id }: { id: string }) => id)).toEqual(['writes']);
    expect(vault.list.credentials.find(({ id }) => id === 'follows')?.expiresAt).toBeNull();
  });

  it.each([
    ['client rotate', 'has live client secrets of the scopes full, events: say which are meant, with "scope", such as "scim client rotate'],
    ['client rotate --scope read', 'no live client secret of scope read: "scim client create --app default --scope read" makes one.'],
  ])('%s changes nothing where those that are there are for somebody else', async (line, told) => {
    const { scim, err, vault } = setUp(aClient(1), aClient(2, { scope: 'events' }));

    expect(await scim(line)).toBe(1);

    expect(err.join('\n')).toContain(told);
    expect(vault.list.credentials.map(({ expiresAt }) => expiresAt)).toEqual([null, null]);
  });

  it('says until when the older ones are accepted', async () => {
    const { scim, err, out } = setUp(aClient(1));

    expect(await scim('client rotate')).toBe(0);

    expect(err.join('\n')).toContain('Client secret c1 "Entra ID" is accepted until 2026-06-04T00:00:00.000Z.');
    expect(out).toHaveLength(1);
  });
});

describe('scim client federate', () => {
  it('prints the client id, for there is no secret', async () => {
    const { scim, out, err, vault } = setUp();

    await scim(
      'client federate --issuer https://a.example/v2.0 --subject s --audience a b --jwks-uri https://a.example/keys --allow-reuse',
    );

    const [federation] = vault.list.credentials;
    expect(federation).toMatchObject({
      kind: 'oauth-federation',
      issuer: 'https://a.example/v2.0',
      subject: 's',
      audiences: ['a', 'b'],
      jwksUri: 'https://a.example/keys',
      reuse: 'allow',
      expiresAt: null,
    });
    expect(out).toEqual([federation?.kind === 'oauth-federation' && federation.clientId]);
    expect(err.join('\n')).toContain(`${URL}/oauth2/token`);
  });

  it('refuses an assertion that comes twice unless it is told otherwise', async () => {
    const { json } = setUp();

    const { client } = await json('client federate --issuer https://a.example --subject s --audience a --expires-in-days 30');

    expect(client).toMatchObject({ expiresAt: '2026-07-01T00:00:00.000Z', federation: { reuse: 'refuse' } });
  });
});

describe('scim client list', () => {
  it('shows clients of the token endpoint alone, whom each trusts, and warns of those that expire', async () => {
    const { scim, out, err } = setUp(
      aCredential(aToken(9)),
      aClient(1, { expiresAt: '2026-06-08T00:00:00.000Z' }),
      aFederation('https://a.example', { application: 'hr', expiresAt: '2026-06-02T00:00:00.000Z' }),
    );

    expect(await scim('client list')).toBe(0);

    expect(out).toHaveLength(3);
    expect(out[1]).toMatch(/^c1 +Entra ID +default +\S+ +a secret +full +2026-01-01 +in 7 days +never +live$/);
    expect(out[2]).toContain('https://a.example about ');
    expect(err).toEqual([
      'Client secret c1 "Entra ID" expires in 7 days: "scim client rotate --app default" makes another and lets this one run out.',
      'Federation f1 "Entra ID" expires in 1 day: make the same again with "scim client federate --app hr", then revoke this one.',
    ]);
    expect(`${out.join()}`).not.toContain(hashOf(aToken(1)));
  });

  it('shows those of one application, and says where there are none', async () => {
    const { json, scim, err } = setUp(aClient(1), aFederation('https://a.example', { application: 'hr' }));

    expect((await json('client list --app hr')).clients.map(({ id }: { id: string }) => id)).toEqual(['f1']);
    expect(await scim('client list --app none')).toBe(0);
    expect(err.join('\n')).toContain('"scim client create" makes one');
  });
});

describe('scim client revoke', () => {
  it.each([
    ['c1', 'Revoked client secret c1 "Entra ID" of application default'],
    ['f1', 'Revoked federation f1 "Entra ID" of application default'],
  ])('takes %s back, and leaves a line of who did it', async (id, words) => {
    const { scim, out, vault, lines } = setUp(aClient(1), aFederation('https://a.example'));

    expect(await scim(`client revoke ${id} --by eve`)).toBe(0);

    expect(out.join('\n')).toContain(words);
    expect(vault.list.credentials.map((credential) => credential.id)).not.toContain(id);
    expect(lines).toEqual([
      expect.objectContaining({ act: 'client.revoke', by: 'eve', application: 'default', credential: id, outcome: 'done' }),
    ]);
  });

  it('leaves tokens alone, which have a command of their own', async () => {
    const { scim, vault } = setUp(aCredential(aToken(1)));

    expect(await scim('client revoke c1')).toBe(1);
    expect(vault.list.credentials).toHaveLength(1);
  });
});
