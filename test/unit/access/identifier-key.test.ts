import { describe, expect, it } from '@jest/globals';
import { parseCredentialList, printCredentialList } from '../../../src/access/credential-list.ts';
import { createToken } from '../../../src/access/credentials/administer/tokens.ts';
import { ensureIdentifierKey, hashIdentifier, rememberingKey } from '../../../src/access/identifier-key.ts';
import { identify } from '../../../src/access/identify.ts';
import { aCall, MemoryApplicationRepository, MemoryCredentialStore, MemoryLastUses } from '../../support/access-memory.ts';

const bytes = (fill: number) => (size: number) => new Uint8Array(size).fill(fill);

const anAdministration = (credentials: MemoryCredentialStore) => ({
  credentials,
  applications: new MemoryApplicationRepository(),
  lastUses: new MemoryLastUses(),
  now: () => 0,
  randomBytes: bytes(9),
});

describe('the key that identifiers are hashed by', () => {
  it('is made once, and found from then on', async () => {
    const store = new MemoryCredentialStore();

    const first = await ensureIdentifierKey(store, bytes(1));

    expect(first).toMatch(/^[\w-]{43}$/);
    expect(await ensureIdentifierKey(store, bytes(2))).toBe(first);
  });

  it('stays when credentials change', async () => {
    const store = new MemoryCredentialStore();
    const key = await ensureIdentifierKey(store, bytes(1));

    await createToken(anAdministration(store), { act: 'token.create', by: 'ada', application: 'default', scope: 'full' }, aCall());

    expect(store.list).toMatchObject({ identifierKey: key, credentials: [{ kind: 'token' }] });
  });

  it('rests beside the credentials, as an entry that is none', async () => {
    const store = new MemoryCredentialStore();
    const key = await ensureIdentifierKey(store, bytes(1));

    const printed = printCredentialList(store.list);

    expect(parseCredentialList(printed)).toEqual({ credentials: [], unreadable: [], identifierKey: key });
    expect(JSON.parse(printed).credentials).toEqual([{ id: 'identifier-key', kind: 'identifier-key', key }]);
  });

  it.each([{ key: 'short' }, { key: 7 }, {}])('is carried along, and not used, where it is damaged: %j', (damaged) => {
    const entry = { id: 'identifier-key', kind: 'identifier-key', ...damaged };

    const list = parseCredentialList(JSON.stringify({ version: 1, credentials: [entry] }));

    expect(list).toEqual({ credentials: [], unreadable: [entry] });
  });

  it('is known as soon as the list was read, and not before', async () => {
    const store = new MemoryCredentialStore();
    const key = await ensureIdentifierKey(store, bytes(1));
    const { source, key: keyOf } = rememberingKey(store);

    expect(keyOf()).toBeUndefined();
    await source.readCredentials();
    expect(keyOf()).toBe(key);
  });
});

describe('the hash of an identifier', () => {
  it('is the same for spellings that count as the same', () => {
    const key = 'A'.repeat(43);

    expect(hashIdentifier(key, 'Ａda@Example.com')).toBe(hashIdentifier(key, 'ada@example.com'));
    expect(hashIdentifier(key, 'ada@example.com')).toMatch(/^hmac-sha256:[\w-]{43}$/);
  });

  it('is another one by another key', () => {
    expect(hashIdentifier('A'.repeat(43), 'ada')).not.toBe(hashIdentifier('B'.repeat(43), 'ada'));
  });

  it('is told to whoever administers, without the key and without the name in the trace', async () => {
    const store = new MemoryCredentialStore();
    const key = (await ensureIdentifierKey(store, bytes(1))) ?? '';

    const { result, event } = await identify(anAdministration(store), { act: 'audit.identify', by: 'ops', identifier: 'Ada' });

    expect(result).toEqual({ hash: hashIdentifier(key, 'ada') });
    expect(event).toEqual({ event: 'admin', act: 'audit.identify', by: 'ops', at: '1970-01-01T00:00:00.000Z' });
  });

  it('is none where nothing was ever hashed', async () => {
    const asked = { act: 'audit.identify', by: 'ops', identifier: 'Ada' } as const;

    expect((await identify(anAdministration(new MemoryCredentialStore()), asked)).result).toEqual({ hash: null });
  });
});
