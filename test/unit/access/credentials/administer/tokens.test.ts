import { describe, expect, it } from '@jest/globals';
import { parseAdminRequest, type RequestOf } from '../../../../../src/access/admin-request.ts';
import { acceptor } from '../../../../../src/access/credentials/accept.ts';
import { listTokens } from '../../../../../src/access/credentials/administer/list-credentials.ts';
import { createToken, revokeToken } from '../../../../../src/access/credentials/administer/tokens.ts';
import {
  aCall,
  aCredential,
  aToken,
  listOf,
  MemoryApplicationRepository,
  MemoryCredentialStore,
  MemoryLastUses,
} from '../../../../support/access-memory.ts';

const NOW = Date.parse('2026-06-01T00:00:00.000Z');
const list = { act: 'token.list', by: 'ada' } as const;
const revoke = (credential: string) => ({ act: 'token.revoke', by: 'ada', credential }) as const;

function create(settings: object = {}): RequestOf<'token.create'> {
  const request = parseAdminRequest({ act: 'token.create', by: 'ada', ...settings });
  if (request.act !== 'token.create') throw new TypeError('not a token.create');
  return request;
}

function setUp(credentials = new MemoryCredentialStore()) {
  const applications = new MemoryApplicationRepository();
  const lastUses = new MemoryLastUses();
  let byte = 0;
  const randomBytes = (size: number) => {
    byte += 1;
    return new Uint8Array(size).fill(byte);
  };
  return { credentials, applications, lastUses, administration: { credentials, applications, lastUses, now: () => NOW, randomBytes } };
}

describe('createToken', () => {
  it('makes a token that is accepted from then on', async () => {
    const { administration, credentials } = setUp();

    const { result } = await createToken(administration, create(), aCall());

    await expect(acceptor()(result.token)?.(credentials.list.credentials, new Date(NOW))).resolves.toEqual({
      application: 'default',
      credential: result.credential.id,
      scope: 'full',
    });
  });

  it('keeps a hash of it and not the token', async () => {
    const { administration, credentials } = setUp();

    const { result } = await createToken(administration, create(), aCall());

    expect(JSON.stringify(credentials.list)).not.toContain(result.token);
  });

  it.each([
    [{}, '2027-06-01T00:00:00.000Z'],
    [{ expiresInDays: 2 }, '2026-06-03T00:00:00.000Z'],
    [{ expiresInDays: 'never' }, null],
  ])('asked for %j, lets it expire at %s', async (settings, expiresAt) => {
    const { administration } = setUp();

    const { result } = await createToken(administration, create(settings), aCall());

    expect(result.credential).toMatchObject({ expiresAt, status: 'live' });
  });

  it('takes name and scope as given, and names a nameless one by its day', async () => {
    const { administration } = setUp();

    const named = await createToken(administration, create({ name: 'Entra ID', scope: 'read' }), aCall());
    const nameless = await createToken(administration, create(), aCall());

    expect(named.result.credential).toMatchObject({ name: 'Entra ID', scope: 'read' });
    expect(nameless.result.credential.name).toBe('made 2026-06-01');
  });

  it('makes sure that the application exists', async () => {
    const { administration, applications } = setUp();

    await createToken(administration, create(), aCall());
    await createToken(administration, create(), aCall());

    expect([...applications.stored.values()]).toEqual([expect.objectContaining({ key: 'default', createdAt: '2026-06-01T00:00:00.000Z' })]);
  });

  it('leaves a trace of who made which credential, without the secret', async () => {
    const { administration } = setUp();

    const { result, event } = await createToken(administration, create(), aCall());

    expect(event).toEqual({
      event: 'admin',
      act: 'token.create',
      by: 'ada',
      application: 'default',
      credential: result.credential.id,
      at: '2026-06-01T00:00:00.000Z',
    });
  });
});

describe('listTokens', () => {
  it('shows the oldest first, what has expired too, and no hash', async () => {
    const first = aCredential(aToken(1), { id: 'first', expiresAt: '2026-02-01T00:00:00.000Z' });
    const second = aCredential(aToken(2), { id: 'second', createdAt: '2026-03-01T00:00:00.000Z' });
    const { administration } = setUp(new MemoryCredentialStore(listOf(second, first)));

    const { result } = await listTokens(administration, list, aCall());

    expect(result.credentials.map(({ id, status }) => [id, status])).toEqual([
      ['first', 'expired'],
      ['second', 'live'],
    ]);
    expect(JSON.stringify(result)).not.toContain(first.hash);
  });

  it('tells of entries it cannot read', async () => {
    const { administration } = setUp(new MemoryCredentialStore({ credentials: [], unreadable: [{ id: 'o1', kind: 'oauth-client' }] }));

    await expect(listTokens(administration, list, aCall())).resolves.toMatchObject({
      result: { unreadable: [{ id: 'o1', kind: 'oauth-client' }] },
    });
  });
});

describe('revokeToken', () => {
  it('removes that credential and no other', async () => {
    const [one, two] = [aCredential(aToken(1), { id: 'one' }), aCredential(aToken(2), { id: 'two' })];
    const { administration, credentials } = setUp(new MemoryCredentialStore(listOf(one, two)));

    const { result, event } = await revokeToken(administration, revoke('one'));

    expect(credentials.list).toEqual(listOf(two));
    expect(result.credential).toMatchObject({ id: 'one', name: 'Entra ID' });
    expect(event).toMatchObject({ act: 'token.revoke', by: 'ada', credential: 'one' });
  });

  it('refuses an id that it does not know', async () => {
    await expect(revokeToken(setUp().administration, revoke('nope'))).rejects.toMatchObject({ name: 'AdminRefusal' });
  });

  it('takes its own work for done when the answer to it was lost', async () => {
    const credentials = new MemoryCredentialStore(listOf(aCredential(aToken(1))));
    credentials.changeCredentials = async (decide) => {
      credentials.list = decide(credentials.list) ?? credentials.list;
      credentials.list = decide(credentials.list) ?? credentials.list;
    };

    await expect(revokeToken(setUp(credentials).administration, revoke('c1'))).resolves.toMatchObject({
      result: { credential: { id: 'c1' } },
    });
  });

  it('does not claim a change that the store never had decided', async () => {
    const credentials = new MemoryCredentialStore();
    credentials.changeCredentials = async () => {};

    await expect(revokeToken(setUp(credentials).administration, revoke('c1'))).rejects.toBeInstanceOf(TypeError);
  });
});
