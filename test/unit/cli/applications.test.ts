import { describe, expect, it } from '@jest/globals';
import { runCommandLine } from '../../../cli/program.ts';
import type { CredentialStore } from '../../../src/access/ports.ts';
import { aCredential, aToken, listOf, MemoryApplicationRepository, MemoryCredentialStore } from '../../support/access-memory.ts';
import { aTerminal } from '../../support/admin-terminal.ts';

type Options = Parameters<typeof aTerminal>[0];

function setUp(options: Options = {}) {
  const { terminal, out, err, lines, credentials } = aTerminal(options);
  const scim = (...words: readonly string[]) => runCommandLine([...words, '--local'], terminal);
  const json = async (...words: readonly string[]) => {
    expect(await scim(...words, '--json')).toBe(0);
    return JSON.parse(out.at(-1) ?? '');
  };
  return { out, err, lines, credentials, scim, json };
}

const TRUST = ['--issuer', 'https://issuer.example', '--subject', 'job', '--audience', 'api://example'];

const keysIn = (listed: { readonly applications: readonly { readonly key: string }[] }) => listed.applications.map(({ key }) => key);

describe('scim app create', () => {
  it('adds an application beside the one there is, with a title of its own', async () => {
    const { scim, json } = setUp();

    expect(await scim('app', 'create', 'entra-hr', '--preset', 'entra', '--title', 'Entra ID of HR')).toBe(0);
    expect(await json('app', 'list')).toMatchObject({
      applications: [
        { key: 'default' },
        { key: 'entra-hr', title: 'Entra ID of HR', preset: 'entra', state: 'enabled', kind: 'token', live: 0 },
      ],
    });
  });

  it.each([
    ['infor-cloudsuite', { kind: 'identifier-password', expiresInDays: 'never' }, {}],
    ['miniorange', { kind: 'token', expiresInDays: 'never', isRetrievable: true }, { resourceTypes: ['User'] }],
    ['rfpio', { kind: 'token', expiresInDays: 'never', isRetrievable: false }, { resourceTypes: ['User'] }],
    ['iprova', { kind: 'token', expiresInDays: 'never', isRetrievable: false }, { resourceTypes: 'all' }],
    ['okta', { kind: 'token', expiresInDays: 365 }, { patchAnswer: {} }],
    ['entra', { kind: 'token', expiresInDays: 365 }, { patchAnswer: { Group: 'noContent' } }],
  ])('begins with what the product of the preset %s needs', async (preset, credentials, policy) => {
    const { json } = setUp();

    expect(await json('app', 'create', 'one', '--preset', preset)).toMatchObject({ credentials, policy, issued: [] });
  });

  it('takes settings on top of a preset', async () => {
    const shown = await setUp().json(
      'app',
      'create',
      'one',
      '--preset',
      'rfpio',
      '--set',
      'unknownMembers=ignore',
      'credentials.expiresInDays=30',
    );

    expect(shown).toMatchObject({ policy: { unknownMembers: 'ignore', resourceTypes: ['User'] }, credentials: { expiresInDays: 30 } });
  });

  it("brings the product's schema along, and leaves one that is there as it is", async () => {
    const { json, scim } = setUp();
    await json('app', 'create', 'one', '--preset', 'infor-cloudsuite');
    await json('app', 'create', 'two', '--preset', 'infor-cloudsuite');

    const schema = await json('schema', 'show', 'urn:ietf:params:scim:schemas:extension:infor:2.0:User');
    expect(schema.attributes.map(({ name }: { name: string }) => name)).toEqual([
      'actorId',
      'federationId',
      'ifsPersonId',
      'lnUser',
      'userAlias',
    ]);
    expect(await scim('schema', 'list')).toBe(0);
  });

  it('says what to paste where, and how to come by it', async () => {
    const { scim, out } = setUp();
    await scim('app', 'create', 'hr', '--preset', 'infor-cloudsuite');

    expect(out.join('\n')).toMatch(
      /Tenant URL {3,}the output TenantUrl of the stack\nSecret Token +none is accepted: make one with "scim account create --app hr"/,
    );
  });

  it('says of a client of the token endpoint where that is, as whom the client comes, and how to come by a secret', async () => {
    const { scim, json, out } = setUp();
    const show = async () => {
      out.length = 0;
      await scim('app', 'show', 'hr');
      return out.slice(0, 4).join('\n');
    };
    await scim('app', 'create', 'hr', '--set', 'credentials.kind=oauth-client');

    expect(await show()).toMatch(
      /^Tenant URL +the output.*\nToken Endpoint +<Tenant URL>\/oauth2\/token\nClient Secret +none is accepted: make one with "scim client create --app hr"/,
    );

    const { client: federation } = await json('client', 'federate', '--app', 'hr', ...TRUST);
    expect(await show()).toMatch(
      new RegExp(`\nClient Identifier +${federation.clientId}\nClient Secret +none is needed \\(federation ${federation.id}\\)$`),
    );

    const { client } = await json('client', 'create', '--app', 'hr');
    expect(await show()).toMatch(
      new RegExp(
        `\nClient Identifier +${client.clientId}\nClient Secret +shown when it was made \\(${client.id}\\); "scim client create --app hr"`,
      ),
    );
    expect((await json('app', 'show', 'hr')).issued).toMatchObject([{ clientId: client.clientId }, { clientId: client.clientId }]);
  });

  it('says both where an application has a token and a client', async () => {
    const { scim, json, out } = setUp();
    const { client } = await json('client', 'create');
    const show = async () => {
      out.length = 0;
      await scim('app', 'show');
      return out.slice(0, 5).map((line) => line.split(/ {2,}/)[0]);
    };

    expect(await show()).toEqual(['Tenant URL', 'Token Endpoint', 'Client Identifier', 'Client Secret', 'CREDENTIAL']);
    await scim('token', 'create');
    expect(await show()).toEqual(['Tenant URL', 'Secret Token', 'Token Endpoint', 'Client Identifier', 'Client Secret']);
    expect(out.join('\n')).toContain(client.clientId);
  });

  it('says of a token that was not kept that it was shown, though those made from now on are kept', async () => {
    const { scim, out } = setUp({ credentials: new MemoryCredentialStore(listOf(aCredential(aToken(1)))) });

    await scim('app', 'set', '--set', 'credentials.isRetrievable=true');
    out.length = 0;
    await scim('app', 'show');

    expect(out[1]).toMatch(/^Secret Token +shown when it was made \(c1\)/);
  });

  it.each([
    [['app', 'create', 'H R'], 'must be 1 to 64 lower-case letters, digits and single hyphens'],
    [['app', 'create', 'administration'], 'must not be "administration", which stands for operators'],
    [['app', 'create', 'taken'], 'There is an application "taken" already: choose another key'],
    [['app', 'create', 'two', '--set', 'unknownMember=ignore'], 'did you mean "unknownMembers"'],
    [['app', 'create', 'two', '--set', 'resourceTypes=["Users"]'], 'there is no resource type "Users"; did you mean "User"?'],
  ])('refuses %j', async (words, message) => {
    const { scim, err, json } = setUp();
    await scim('app', 'create', 'taken');

    expect(await scim(...words)).toBe(1);
    expect(err.join('\n')).toContain(message);
    expect(keysIn(await json('app', 'list'))).toEqual(['default', 'taken']);
  });

  it('makes fifty at most', async () => {
    const { scim, err } = setUp();
    for (let index = 0; index < 50; index += 1) await scim('app', 'create', `a${index}`);

    expect(await scim('app', 'create', 'one-more')).toBe(1);
    expect(err.at(-1)).toContain('The tenant has 50 applications, and 50 is the most it may have');
  });
});

describe('scim app set', () => {
  it('shows with --dry-run what would change, and changes nothing', async () => {
    const { scim, json, out, err } = setUp();
    await scim('app', 'create', 'hr');

    expect(await scim('app', 'set', 'hr', '--title', 'HR', '--set', 'features.remove=ignore', '--dry-run')).toBe(0);
    expect(out.slice(-2).join('\n')).toMatch(/changed +hr +title +"hr" -> "HR"\nchanged +hr +features\.remove +"on" -> "ignore"/);
    expect(err.at(-1)).toContain('Nothing has been changed');
    expect(await json('app', 'show', 'hr')).toMatchObject({ title: 'hr', policy: { features: { remove: 'on' } } });
  });

  it('says when there is nothing to change', async () => {
    const { scim, err } = setUp();
    await scim('app', 'create', 'hr');

    expect(await scim('app', 'set', 'hr', '--title', 'hr')).toBe(0);
    expect(err.at(-1)).toBe('Nothing is to be changed.');
  });

  it('takes a preset in place of the settings there are', async () => {
    const { scim, json } = setUp();
    await scim('app', 'create', 'hr', '--set', 'unknownMembers=ignore');

    expect(await json('app', 'set', 'hr', '--preset', 'rfpio')).toMatchObject({
      application: { preset: 'rfpio', policy: { unknownMembers: 'refuse', resourceTypes: ['User'] } },
    });
  });

  it('names the applications there are', async () => {
    const { scim, err } = setUp();
    await scim('app', 'create', 'entra-hr');

    expect(await scim('app', 'set', 'entra-rh', '--title', 'x')).toBe(1);
    expect(err.at(-1)).toContain('There is no application "entra-rh"; did you mean "entra-hr"?');
  });
});

describe('scim app disable and enable', () => {
  it('keep all an application has', async () => {
    const { scim, json } = setUp();
    await scim('app', 'create', 'hr', '--set', 'unknownMembers=ignore');

    expect(await json('app', 'disable', 'hr')).toMatchObject({ application: { state: 'disabled', policy: { unknownMembers: 'ignore' } } });
    expect(await json('app', 'enable', 'hr')).toMatchObject({ application: { state: 'enabled', policy: { unknownMembers: 'ignore' } } });
    expect(await scim('app', 'disable', 'rh')).toBe(1);
  });
});

describe('scim app delete', () => {
  const withTokens = () =>
    setUp({
      credentials: new MemoryCredentialStore(
        listOf(
          aCredential(aToken(1), { id: 'c1', application: 'hr' }),
          aCredential(aToken(2), { id: 'c2', application: 'hr' }),
          aCredential(aToken(3), { id: 'c3' }),
        ),
      ),
    });

  it('takes the credentials of the application along, and no others', async () => {
    const { scim, json, credentials, lines } = withTokens();
    await scim('app', 'create', 'hr');

    expect(await json('app', 'delete', 'hr', '--confirm', 'hr')).toEqual({ application: 'hr', title: 'hr', revoked: 2 });
    expect(credentials.list.credentials.map(({ id }) => id)).toEqual(['c3']);
    expect(keysIn(await json('app', 'list'))).toEqual(['default']);
    expect(lines).toContainEqual(expect.objectContaining({ event: 'admin', act: 'app.delete', application: 'hr', outcome: 'done' }));
  });

  it('asks for the name first', async () => {
    const { scim, err, json } = withTokens();
    await scim('app', 'create', 'hr');

    expect(await scim('app', 'delete', 'hr')).toBe(2);
    expect(err.at(-1)).toContain('This would delete the application "hr" and revoke its 2 credentials');
    expect(keysIn(await json('app', 'list'))).toEqual(['default', 'hr']);
  });

  it.each([
    ['token', 'create', '--app', 'hr'],
    ['token', 'rotate', '--app', 'hr'],
    ['account', 'create', '--app', 'hr', '--password-stdin'],
    ['client', 'create', '--app', 'hr'],
    ['client', 'federate', '--app', 'hr', ...TRUST],
  ])('leaves nothing behind that %s %s makes meanwhile: another application of its key would let it in', async (...words) => {
    const credentials = new MemoryCredentialStore();
    let meanwhile: (() => Promise<unknown>) | undefined;
    const vault: CredentialStore = {
      readCredentials: () => credentials.readCredentials(),
      changeCredentials: async (decide) => {
        const first = meanwhile;
        meanwhile = undefined;
        await first?.();
        await credentials.changeCredentials(decide);
      },
    };
    const { scim, err } = setUp({ credentials, vault, input: 'Tränen:lügen nicht' });
    await scim('app', 'create', 'hr');
    meanwhile = () => scim('app', 'delete', 'hr', '--confirm', 'hr');

    expect(await scim(...words)).toBe(1);
    expect(err.at(-1)).toContain('There is no application "hr"');
    expect(credentials.list.credentials).toEqual([]);
  });

  it('takes along what was made after its credentials were revoked, and before it was gone', async () => {
    const applications = new MemoryApplicationRepository();
    const { scim, credentials, err } = setUp({ applications });
    await scim('app', 'create', 'hr');
    const change = applications.change.bind(applications);
    applications.change = async (decide) => {
      await scim('token', 'create', '--app', 'hr');
      await change(decide);
    };

    expect(await scim('app', 'delete', 'hr', '--confirm', 'hr')).toBe(0);
    expect(err.at(-1)).toContain('its 1 credential');
    expect(credentials.list.credentials).toEqual([]);
  });

  it('lets the default one begin anew', async () => {
    const { scim, json } = setUp();
    await scim('app', 'set', '--title', 'Mine', '--set', 'unknownMembers=ignore');
    await scim('app', 'delete', 'default', '--confirm', 'default');

    expect(await json('app', 'show')).toMatchObject({ key: 'default', title: 'Default', policy: { unknownMembers: 'refuse' } });
  });
});
