import { describe, expect, it } from '@jest/globals';
import { acceptor } from '../../../src/access/credentials/accept.ts';
import { anAccount, listOf, MemoryCredentialStore } from '../../support/access-memory.ts';
import { aTerminal } from '../../support/admin-terminal.ts';

const PASSWORD = 'Tränen:lügen nicht';
const NOW = new Date('2026-06-01T00:00:00.000Z');

const typing = (...typed: readonly string[]) => aTerminal({ typed });

const decoded = (bearerToken = '') => Buffer.from(bearerToken, 'base64').toString('utf8');

describe('scim account create', () => {
  it('asks twice for the password, shows the identifier, and prints the bearer token alone', async () => {
    const { scim, out, err, questions, credentials } = typing(PASSWORD, PASSWORD);

    expect(await scim('account create --tenant example')).toBe(0);

    const [, identifier = ''] = /User identifier +(\S+)/.exec(err.join('\n')) ?? [];
    expect(questions).toEqual(['SCIM password: ', 'SCIM password, again: ']);
    expect(out.map(decoded)).toEqual([`${identifier}:${PASSWORD}`]);
    expect(err.join('\n')).toContain('Tenant URL');
    expect(err.join('\n')).not.toContain(PASSWORD);
    await expect(acceptor()(out[0] ?? '')?.(credentials.list.credentials, NOW)).resolves.toMatchObject({ application: 'default' });
  });

  it('reads the password from standard input, and gives a script everything', async () => {
    const { scim, out, err } = aTerminal({ input: `${PASSWORD}\n` });

    expect(await scim('account create --local --password-stdin --name CloudSuite --never-expires --json')).toBe(0);

    const { identifier, bearerToken, credential } = JSON.parse(out.join(''));
    expect(decoded(bearerToken)).toBe(`${identifier}:${PASSWORD}`);
    expect(credential).toMatchObject({ kind: 'identifier-password', name: 'CloudSuite', identifier, expiresAt: null });
    expect(err).toEqual([]);
  });

  it('keeps no password: neither at rest, nor in the log', async () => {
    const { scim, credentials, lines } = aTerminal({ input: PASSWORD });

    await scim('account create --local --password-stdin');

    expect(JSON.stringify([credentials.list, lines])).not.toContain('lügen');
    expect(lines).toEqual([expect.objectContaining({ act: 'account.create', by: 'ada', outcome: 'done', application: 'default' })]);
  });

  it.each([
    ['12 characters', 'short', /has 5 characters; take at least 12/],
    ['different ones', 'aabbaabbabab', /fewer than 6 different characters/],
    ['no repetition', 'abxdefabxdef', /repeats one piece/],
    ['no sequence', 'my 12345 words', /a sequence such as "12345"/],
    ['more than a common word', 'Password!2026', /word everybody tries first/],
    ['no control characters', 'with\ta tab inside', /control characters/],
    ['128 characters at most', 'long words '.repeat(12), /at most 128/],
  ])('wants %s', async (_, password, reason) => {
    const { scim, err, credentials } = aTerminal({ input: password });

    expect(await scim('account create --local --password-stdin')).toBe(1);

    expect(err.join()).toMatch(/^The password is too weak: /);
    expect(err.join()).toMatch(reason);
    expect(err.join()).not.toContain(password);
    expect(credentials.list.credentials).toEqual([]);
  });

  it('changes nothing when the two differ', async () => {
    const { scim, err, asked } = typing(PASSWORD, 'another one, longer');

    expect(await scim('account create --local')).toBe(1);
    expect(err.join()).toContain('differs from the first');
    expect(asked).toEqual([]);
  });

  it.each([
    ['account create', 2, /--local.*--tenant/],
    ['account create --local', 2, /--password-stdin/],
    ['account create --local --password hunter2', 2, /unknown option '--password'/],
    ['account create --local --password-stdin --app nowhere', 1, /There is no application "nowhere"/],
    ['account create --local --never-expires --expires-in-days 3', 2, /exclude each other/],
  ])('refuses %s', async (line, status, words) => {
    const { scim, err } = aTerminal({ input: PASSWORD });

    expect(await scim(line)).toBe(status);
    expect(err.join('\n')).toMatch(words);
  });
});

describe('scim account password', () => {
  it.each(['a1', 'its identifier'])('gives the account that is named by %s another password', async (named) => {
    const { account, bearerToken } = await anAccount('the one before');
    const terminal = aTerminal({ credentials: new MemoryCredentialStore(listOf(account)), typed: [PASSWORD, PASSWORD] });
    const accept = (presented: string) => acceptor()(presented)?.(terminal.credentials.list.credentials, NOW);

    expect(await terminal.scim(`account password ${named === 'a1' ? 'a1' : account.identifier} --local`)).toBe(0);

    await expect(accept(bearerToken)).resolves.toBeUndefined();
    await expect(accept(terminal.out[0] ?? '')).resolves.toMatchObject({ credential: 'a1' });
    expect(terminal.credentials.list.credentials).toMatchObject([{ id: 'a1', changedAt: NOW.toISOString() }]);
    expect(terminal.err.join('\n')).toContain('has another password: the one before is refused within 60 seconds');
  });

  it('gives a script everything', async () => {
    const { account } = await anAccount('the one before');
    const { scim, out } = aTerminal({ credentials: new MemoryCredentialStore(listOf(account)), input: PASSWORD });

    expect(await scim('account password a1 --local --password-stdin --json')).toBe(0);
    expect(JSON.parse(out.join(''))).toMatchObject({ identifier: account.identifier, credential: { changedAt: NOW.toISOString() } });
  });

  it('refuses the identifier as the password, a weak one, and an account there is not', async () => {
    const { account } = await anAccount('the one before');
    const credentials = new MemoryCredentialStore(listOf(account));
    const change = (named: string, input: string) => {
      const terminal = aTerminal({ credentials, input });
      return terminal.scim(`account password ${named} --local --password-stdin`).then((status) => [status, terminal.err.join()]);
    };

    await expect(change('a1', `my ${account.identifier}`)).resolves.toEqual([1, expect.stringContaining('holds the identifier')]);
    await expect(change('a1', 'short')).resolves.toEqual([1, expect.stringContaining('too weak')]);
    await expect(change('nope', PASSWORD)).resolves.toEqual([1, expect.stringContaining('There is no account "nope"')]);
    expect(credentials.list).toEqual(listOf(account));
  });
});

describe('scim account list', () => {
  it('shows identifier, masked password and time stamps', async () => {
    const { account } = await anAccount(PASSWORD, { changedAt: '2026-03-01T00:00:00.000Z', expiresAt: '2026-06-15T00:00:00.000Z' });
    const { scim, out, err, lastUses } = aTerminal({ credentials: new MemoryCredentialStore(listOf(account)) });
    lastUses.noted.set('a1', '2026-05-31T12:00:00.000Z');

    expect(await scim('account list --local')).toBe(0);

    expect(out[1]?.split(/ {2,}/)).toEqual([
      ...['a1', 'CloudSuite', 'default', account.identifier, '********'],
      ...['2026-01-01', '2026-03-01', 'in 14 days', '2026-05-31T12:00Z', 'live'],
    ]);
    expect(err).toEqual([expect.stringContaining('expires in 14 days')]);
  });

  it('says how to begin when there is none, lists for a script, and leaves hashes out', async () => {
    const { account } = await anAccount(PASSWORD);
    const { scim, err } = aTerminal();
    const other = aTerminal({ credentials: new MemoryCredentialStore(listOf(account)) });

    expect(await scim('account list --local --app cloudsuite')).toBe(0);
    expect(await other.scim('account list --local --json')).toBe(0);

    expect(err).toEqual([expect.stringContaining('scim account create')]);
    expect(JSON.parse(other.out.join(''))).toMatchObject({ credentials: [{ id: 'a1', identifier: account.identifier }] });
    expect(other.out.join('')).not.toContain(account.hash.key);
  });
});

describe('scim account revoke', () => {
  it('revokes by id or identifier', async () => {
    const { account } = await anAccount(PASSWORD);
    const [one, other] = [account, { ...account, id: 'a2', identifier: 'acct_2' }];
    const { scim, out, credentials } = aTerminal({ credentials: new MemoryCredentialStore(listOf(one, other)) });

    expect(await scim('account revoke acct_2 --local')).toBe(0);
    expect(await scim('account revoke a1 --local --json')).toBe(0);

    expect(out[0]).toMatch(/Revoked account a2 "CloudSuite" of application default.*within 60 seconds/);
    expect(JSON.parse(out[1] ?? '')).toMatchObject({ credential: { id: 'a1' } });
    expect(credentials.list.credentials).toEqual([]);
  });

  it('never repeats a bearer token that was taken for the account', async () => {
    const { bearerToken } = await anAccount('correct horse');
    const { scim, out, err, lines } = aTerminal();

    for (const pasted of [bearerToken, bearerToken.replaceAll('=', '')]) {
      expect(await scim(`account revoke ${pasted} --local`)).toBe(1);
      expect(await scim(`token create --name ${pasted} --local`)).toBe(1);
    }

    expect(err.join()).toContain('must not be a token');
    expect(JSON.stringify([out, err, lines])).not.toContain(bearerToken.slice(0, 40));
  });

  it('refuses one that there is not', async () => {
    const { scim, err } = aTerminal();

    expect(await scim('account revoke nope --local')).toBe(1);
    expect(err.join()).toContain('There is no account "nope"');
  });
});

it.each(['create', 'list', 'password', 'revoke'])('scim account %s helps, and takes no password from a flag', async (verb) => {
  const { scim, out } = aTerminal();

  expect(await scim(`account ${verb} --help`)).toBe(0);
  expect(out.join('\n')).toContain(`Usage: scim account ${verb}`);
  expect(out.join('\n')).not.toMatch(/--(token|secret|password|key)[ =<]/);
});
