import { describe, expect, it } from '@jest/globals';
import { runCommandLine } from '../../../cli/program.ts';
import { aCredential, aToken, listOf, MemoryCredentialStore } from '../../support/access-memory.ts';
import { aTerminal } from '../../support/admin-terminal.ts';

const setUp = (credentials = new MemoryCredentialStore()) => aTerminal({ credentials });

describe('scim token create', () => {
  it('prints the token alone on standard output, and the words beside it', async () => {
    const { scim, out, err } = setUp();

    expect(await scim('token create --local --name Entra')).toBe(0);

    expect(out).toEqual([expect.stringMatching(/^scim_[0-9A-Za-z]{49}$/)]);
    expect(err.join('\n')).toMatch(/"Entra" of application default, scope full, expires in 365 days/);
    expect(err.join('\n')).not.toContain(out[0]);
  });

  it('shows the Tenant URL of a deployed stack with it', async () => {
    const { scim, err, asked } = setUp();

    await scim('token create --tenant example');

    expect(asked[0]?.target).toEqual({ kind: 'deployed', stackName: 'scim-example' });
    expect(err).toContain('Tenant URL    https://api.example.com/example/scim/v2');
  });

  it.each([
    ['', {}],
    ['--expires-in-days 30', { expiresInDays: 30 }],
    ['--never-expires', { expiresInDays: 'never' }],
    ['--scope read', { scope: 'read' }],
    ['--by grace', { by: 'grace' }],
  ])('with "%s" asks for just that', async (flags, request) => {
    const { scim, asked } = setUp();

    expect(await scim(`token create --local ${flags}`)).toBe(0);

    expect(asked).toEqual([
      {
        target: { kind: 'local', keyFile: '/data/admin.json' },
        request: expect.objectContaining({ act: 'token.create', by: 'ada', ...request }),
      },
    ]);
  });

  it('prints JSON, and nothing else, when asked to', async () => {
    const { scim, out, err } = setUp();

    await scim('token create --tenant example --json');

    expect(JSON.parse(out.join(''))).toEqual({
      token: expect.stringMatching(/^scim_/),
      credential: expect.objectContaining({ name: 'made 2026-06-01', status: 'live' }),
      tenantUrl: 'https://api.example.com/example/scim/v2',
    });
    expect(err).toEqual([]);
  });

  it('is refused with the words of the admin function', async () => {
    const { scim, out, err } = setUp();

    expect(await scim('token create --local --expires-in-days 99999')).toBe(1);

    expect(out).toEqual([]);
    expect(err).toEqual([expect.stringMatching(/from 1 to 3650, or "never"/)]);
  });
});

describe('scim token list', () => {
  const list = listOf(
    aCredential(aToken(1), { id: 'a1', name: 'Okta', createdAt: '2026-01-01T00:00:00.000Z' }),
    aCredential(aToken(2), { id: 'b2', createdAt: '2026-02-01T00:00:00.000Z', expiresAt: '2026-06-13T00:00:00.000Z', scope: 'read' }),
    aCredential(aToken(3), { id: 'c3', name: 'old', createdAt: '2026-03-01T00:00:00.000Z', expiresAt: '2026-05-31T00:00:00.000Z' }),
  );

  it('prints a table, and warns of what expires soon', async () => {
    const { scim, out, err, lastUses } = setUp(new MemoryCredentialStore(list));
    lastUses.noted.set('a1', '2026-05-31T23:04:59.000Z');

    expect(await scim('token list --local')).toBe(0);

    expect(out).toEqual([
      'ID  NAME      APPLICATION  KIND   SCOPE  CREATED     EXPIRES     LAST USED          STATUS',
      'a1  Okta      default      token  full   2026-01-01  never       2026-05-31T23:04Z  live',
      'b2  Entra ID  default      token  read   2026-02-01  in 12 days  never              live',
      'c3  old       default      token  full   2026-03-01  1 day ago   never              expired',
    ]);
    expect(err).toEqual([
      expect.stringMatching(/b2 "Entra ID" expires in 12 days: "scim token rotate --app default --scope read" makes another/),
    ]);
  });

  it('says how to begin when there is none', async () => {
    const { scim, out, err } = setUp();

    expect(await scim('token list --local')).toBe(0);

    expect(out).toEqual([]);
    expect(err).toEqual([expect.stringContaining('token create')]);
  });

  it('tells of what the deployed version cannot read', async () => {
    const { scim, err } = setUp(new MemoryCredentialStore({ credentials: [], unreadable: [{ id: 'o1', kind: 'oauth-client' }] }));

    await scim('token list --local');

    expect(err.join('\n')).toMatch(/o1, of kind oauth-client/);
  });

  it('prints JSON when asked to', async () => {
    const { scim, out } = setUp(new MemoryCredentialStore(list));

    await scim('token list --local --json');

    expect(JSON.parse(out.join(''))).toMatchObject({ credentials: [{ id: 'a1' }, { id: 'b2' }, { id: 'c3' }], unreadable: [] });
  });

  it('lets no stored name write control characters to the screen', async () => {
    const { scim, out } = setUp(new MemoryCredentialStore(listOf(aCredential(aToken(1), { name: '\u001b[2Jgone' }))));

    await scim('token list --local');

    expect(out.join('')).not.toMatch(/\p{Cc}/u);
  });
});

describe('scim token revoke', () => {
  it('revokes by id and says what was revoked', async () => {
    const { scim, out, credentials } = setUp(new MemoryCredentialStore(listOf(aCredential(aToken(1), { id: 'a1' }))));

    expect(await scim('token revoke a1 --local')).toBe(0);

    expect(credentials.list.credentials).toEqual([]);
    expect(out).toEqual([expect.stringMatching(/Revoked token a1 "Entra ID".*within 60 seconds/)]);
  });

  it('prints JSON when asked to', async () => {
    const { scim, out } = setUp(new MemoryCredentialStore(listOf(aCredential(aToken(1), { id: 'a1' }))));

    await scim('token revoke a1 --local --json');

    expect(JSON.parse(out.join(''))).toMatchObject({ credential: { id: 'a1' } });
  });

  it('is refused for an id that does not exist', async () => {
    const { scim, err } = setUp();

    expect(await scim('token revoke nope --local')).toBe(1);
    expect(err).toEqual([expect.stringContaining('"nope"')]);
  });
});

describe('scim', () => {
  it.each([
    ['token create', /--local.*--tenant/],
    ['token create --local --tenant example', /exclude each other/],
    ['token create --tenant ../example', /name of a file in tenants/],
    ['token create --local --expires-in-days soon', /whole number of days/],
    ['token create --local --expires-in-days 3 --never-expires', /exclude each other/],
    ['token create --local --scope root', /Allowed choices are full, read/],
    ['token create --lokal', /Did you mean --local/],
    ['token create --local extra', /too many arguments/],
    ['token creat', /Did you mean create/],
    ['tokn create', /Did you mean token/],
    ['token revoke --local', /missing required argument 'id'/],
    ['token', /Usage: scim token/],
    ['', /Usage: scim/],
  ])('does not ask anyone when "%s" cannot be understood, and says why', async (line, words) => {
    const { scim, out, err, asked } = setUp();

    expect(await scim(line)).toBe(2);

    expect(err.join('\n')).toMatch(words);
    expect(out).toEqual([]);
    expect(asked).toEqual([]);
  });

  it.each(['', 'token', 'token create', 'token list', 'token revoke'])('helps with "%s" on standard output', async (line) => {
    const { scim, out, err } = setUp();

    expect(await scim(`${line} --help`)).toBe(0);

    expect(out.join('\n')).toContain(`Usage: scim ${line}`.trim());
    expect(err).toEqual([]);
  });

  it.each(['help token create', '--help token create', 'token --help create', '-h token create --lokal', 'token create --name --help'])(
    'helps with a command wherever that is asked for: "%s"',
    async (line) => {
      const { scim, out, asked } = setUp();

      expect(await scim(line)).toBe(0);

      expect(out.join('\n')).toContain('Usage: scim token create');
      expect(asked).toEqual([]);
    },
  );

  it.each(['', 'token'])('shows how to begin in the help of "%s"', async (line) => {
    const { scim, out } = setUp();

    await scim(`${line} --help`);

    expect(out.join('\n')).toMatch(/Examples:\n {2}\$ npm run scim -- token create --local/);
  });

  it.each(['--version', '-V'])('tells its version with %s', async (flag) => {
    const { scim, out } = setUp();

    expect(await scim(flag)).toBe(0);
    expect(out).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+$/)]);
  });

  it.each(['token create', 'token list', 'token revoke'])('takes no secret from flag or environment in "%s"', async (line) => {
    const { scim, out } = setUp();

    await scim(`${line} --help`);

    expect(out.join('\n')).not.toMatch(/--(token|secret|password|key)\b/);
  });

  it('asks for the versions to be brought together when an answer has another form', async () => {
    const { terminal, err } = setUp();
    const invokeAdmin = async () => ({ answer: { ok: true as const, result: { other: 'form' } }, tenantUrl: undefined });

    expect(await runCommandLine(['token', 'list', '--local'], { ...terminal, invokeAdmin })).toBe(1);
    expect(err).toEqual([expect.stringContaining('deploy the stack again')]);
  });

  it('says that the admin function is older when it does not know what is asked for', async () => {
    const { terminal, err } = setUp();
    const message = 'unknown act "token.list"; known: token.create';
    const invokeAdmin = async () => ({ answer: { ok: false as const, error: { message } }, tenantUrl: undefined });

    expect(await runCommandLine(['token', 'list', '--local'], { ...terminal, invokeAdmin })).toBe(1);
    expect(err).toEqual([expect.stringMatching(/older version and does not know "token\.list": deploy the stack again/)]);
  });

  it('does not hide a bug behind an exit code', async () => {
    const { terminal } = setUp();
    const invokeAdmin = () => Promise.reject(new TypeError('a bug'));

    await expect(runCommandLine(['token', 'list', '--local'], { ...terminal, invokeAdmin })).rejects.toThrow('a bug');
  });
});
