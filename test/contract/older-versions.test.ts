import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { authenticator } from '../../src/access/authenticate.ts';
import { parseCredentialList } from '../../src/access/credential-list.ts';
import { findBySecret } from '../../src/access/oauth/find-client.ts';
import { mappingReader } from '../../src/directory/mapping/mapping-reader.ts';
import { profileRebuild } from '../../src/directory/mapping/rebuild-profiles.ts';
import { matchingTask } from '../../src/directory/matching/matching-task.ts';
import { expectedEntries } from '../../src/directory/restore/expected-entries.ts';
import { readCurrent } from '../../src/directory/schemas/administer.ts';
import { openApplicationRepository } from '../../src/dynamodb/applications.ts';
import { openAssertionLedger } from '../../src/dynamodb/assertions.ts';
import { openBackfillStore } from '../../src/dynamodb/backfill/store.ts';
import { openRemovalBrakes } from '../../src/dynamodb/brakes.ts';
import type { keyOf } from '../../src/dynamodb/keys.ts';
import { openLastUses } from '../../src/dynamodb/last-uses.ts';
import { openSchemaStore } from '../../src/dynamodb/schemas.ts';
import { openDirectoryStore } from '../../src/dynamodb/store.ts';
import { openSweeper } from '../../src/dynamodb/sweeping/sweeper.ts';
import { backfillPerformer } from '../../src/runtime/backfill.ts';
import { buildRegistry } from '../../src/scim/schema/custom/build-registry.ts';
import type { Registry } from '../../src/scim/schema/resource-type.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { drain } from '../support/drain.ts';
import { openTestTable } from '../support/dynamodb-client.ts';
import { contradictions } from '../support/dynamodb-invariants.ts';
import { type RawItem, readTable } from '../support/dynamodb-table.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { administerRemoved } from '../support/removed.ts';
import { aCall } from '../support/store-call.ts';

const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'older-versions');
const BATCH_LIMIT = 25;

/** How the keys of each kind of item look. A kind that is new has no older version to be read from, and says so: `undefined`. */
const KINDS: Readonly<Record<Exclude<keyof typeof keyOf, 'counterAt' | 'applications'>, RegExp | undefined>> = {
  resource: /^(User|Group|Device)#0 /,
  unique: /^Unique#/,
  lookup: /^Lookup#/,
  membership: /^Group#[^#]+#Members#\d /,
  reverse: /^Member#[^#]+#Groups [^!]/,
  alive: /^Member#[^#]+#Groups !$/,
  counter: /^Count#/,
  seats: /^Seats User$/,
  tombstone: /^Removed#(User|Group) /,
  removedRelation: /^Removed#[^#]+#Members#\d /,
  pastRemoval: undefined,
  kept: /^Kept#/,
  outbox: /^Outbox#(User|Group) [^!]/,
  restored: /^Restored#/,
  nesting: /^Outbox#Group !nested$/,
  nestedGroup: /^Group#[^#]+#Nested /,
  change: /^Change /,
  manifest: /^Group#[^#]+#Change#[^ ]+ \d{4}$/,
  bookmark: /^Bookmark#/,
  application: /^Settings Application#/,
  schemas: /^Settings Schemas$/,
  brake: /^Brake#/,
  lastUse: /^Settings LastUsed#/,
  expiryWarning: /^Settings ExpiryWarning#/,
  backfill: /^Settings Backfill#/,
  assertion: /^Assertion#/,
  events: undefined,
  generation: undefined,
};

type Told = {
  readonly secret: object;
  readonly presented: {
    readonly token: string;
    readonly account: string;
    readonly client: { readonly id: string; readonly secret: string };
  };
  readonly groups: Readonly<Record<'team' | 'outer' | 'large' | 'former' | 'renamed', string>>;
  readonly users: Readonly<Record<string, string>>;
};

const readFixture = (name: string): Promise<string> => readFile(join(FOLDER, name), 'utf8');
const told: Told = JSON.parse(await readFixture('0.1.0.json'));
const items: readonly RawItem[] = (await readFixture('0.1.0.ndjson'))
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));
const places = items.map(({ pk, sk }) => `${pk?.S} ${sk?.S}`);
const { users, groups } = told;

let table: Awaited<ReturnType<typeof openTestTable>>;
let registry: Registry;
let endpoint: Endpoint;

const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const patch = (path: string, ...Operations: readonly unknown[]) => endpoint.send('PATCH', path, { body: { schemas: [PATCH], Operations } });
const get = async (path: string, filter?: string) =>
  (await endpoint.send('GET', path, filter === undefined ? {} : { query: { filter } })).json;

beforeEach(async () => {
  table = await openTestTable();
  for (let from = 0; from < items.length; from += BATCH_LIMIT) {
    const requests = items.slice(from, from + BATCH_LIMIT).map((Item) => ({ PutRequest: { Item: { ...Item } } }));
    await table.client.send(new BatchWriteItemCommand({ RequestItems: { [table.tableName]: requests } }));
  }
  const { customization } = await readCurrent({ schemas: openSchemaStore(table) }, aCall());
  registry = buildRegistry(REGISTRY, customization);
  const store = openDirectoryStore({ ...table, registry });
  const mappingOf = mappingReader(openApplicationRepository(table));
  endpoint = await openEndpoint({
    policy: { deleteDeactivatedUsers: 'off', maxRemovalsPerHour: 50, maxActiveUsers: 500 },
    principal: { application: 'hr' },
    openStore: async () => ({ ...table, store }),
    services: { registryOf: async () => registry, mappingOf },
  });
});

/** An hour later, nobody works on anything any more; and work that has been put off is due after another one. */
const HOUR_MS = 3_600_000;
let aheadMs = HOUR_MS;
const later = (): number => Date.now() + aheadMs;

/** Does all that the older version has left to be done. */
async function finish(): Promise<void> {
  const applications = openApplicationRepository(table);
  const matching = { schemas: openSchemaStore(table), builtIn: REGISTRY, now: Date.now, newRevision: () => 'revision' };
  const tasks = {
    mapping: profileRebuild({ applications, registry }),
    matching: (...asked: Parameters<typeof matchingTask> extends [unknown, ...infer Rest] ? Rest : never) =>
      matchingTask(matching, ...asked),
  };
  const backfill = backfillPerformer(tasks, { ...table, registry, now: later });
  await drain(table, { registry, backfill, now: later });
  const sweeper = openSweeper({ ...table, registry, backfill, now: later });
  for (const { name } of await openBackfillStore(table).list(aCall()))
    for (let part = 0; part < 3; part += 1) {
      await sweeper.perform({ kind: 'backfill', name }, aCall({ deadlineMs: later() + 60_000 }));
      aheadMs += HOUR_MS;
    }
}

describe('what version 0.1.0 has written', () => {
  it.each(Object.entries(KINDS).filter(([, form]) => form))('is there of every kind of item: %s', (_kind, form) => {
    expect(places.filter((place) => form?.test(place)).length).toBeGreaterThan(0);
  });

  it('is of no other kind', () => {
    const forms = Object.values(KINDS);

    expect(places.filter((place) => forms.filter((form) => form?.test(place)).length !== 1)).toEqual([]);
  });

  it('is read: users by all they are found by, with groups, and lists from their bookmark on', async () => {
    const ada = await get(`/Users/${users['ada']}`);
    const found = await Promise.all(
      ['userName eq "ADA@example.com"', 'externalId eq "x-ada"', 'emails.value eq "ada@example.com"'].map((filter) =>
        get('/Users', filter),
      ),
    );
    const list = (await endpoint.send('GET', '/Users', { query: { startIndex: '3', count: '3' } })).json;

    expect(ada).toMatchObject({ userName: 'ada@example.com', externalId: 'x-ada', title: 'Engineer' });
    expect(ada.groups.map(({ display }: { readonly display: string }) => display).sort()).toEqual(['After', 'Outer', 'Team']);
    expect(found.map(({ Resources }) => Resources[0].id)).toEqual([ada.id, ada.id, ada.id]);
    expect(list.totalResults).toBe(11);
    expect((await get('/Devices', 'serialNumber eq "SN-1"')).totalResults).toBe(1);
    expect((await get(`/Users/${users['cyd']}`)).active).toBe(false);
  });

  it('is read: groups without who was removed, and without what was only staged', async () => {
    const [team, large] = await Promise.all([get(`/Groups/${groups.team}`), get(`/Groups/${groups.large}`)]);
    const members = team.members.map(({ value }: { readonly value: string }) => value);

    expect(members).toContain(users['ada']);
    expect(members).not.toContain(users['hal']);
    expect(large.members ?? []).toEqual([]);
    expect((await endpoint.send('GET', `/Groups/${groups.former}`)).status).toBe(404);
    expect((await get(`/Groups/${groups.renamed}`)).displayName).toBe('After');
  });

  it('is finished: sweeps, the large change, memberships of a restore, backfills; then nothing contradicts itself', async () => {
    await finish();
    const rows = await readTable(table.client, table.tableName);
    const left = rows.map(({ pk, sk }) => `${pk?.S} ${sk?.S}`);

    expect(contradictions(rows, { registry, entriesOf: expectedEntries(registry) })).toEqual([]);
    expect(left.filter((place) => KINDS.restored?.test(place) || KINDS.change?.test(place))).toEqual([]);
    expect((await get(`/Groups/${groups.team}`)).members.map(({ value }: { readonly value: string }) => value)).toContain(users['gil']);
    const { customization } = await readCurrent({ schemas: openSchemaStore(table) }, aCall());
    expect(customization.matching).toEqual([expect.objectContaining({ path: 'title', state: 'ready' })]);
    expect(rows.find(({ pk, sk }) => pk?.S === 'Group#0' && sk?.S === groups.team)?.['profile']?.S).toContain('Team');
  });

  it('is changed: a user, members of the group with the unfinished change, names, and what is removed', async () => {
    const renamed = await patch(`/Users/${users['bea']}`, { op: 'replace', path: 'userName', value: 'beatrix@example.com' });
    const staged = await patch(`/Groups/${groups.large}`, { op: 'add', path: 'members', value: [{ value: users['ada'] }] });
    const removed = await endpoint.send('DELETE', `/Users/${users['ivy']}`);
    const profile = (await readTable(table.client, table.tableName)).find(({ pk, sk }) => pk?.S === 'User#0' && sk?.S === users['bea'])?.[
      'profile'
    ];
    await finish();

    expect([renamed.status, staged.status, removed.status]).toEqual([200, staged.status, 204]);
    expect(staged.status).toBeLessThan(300);
    expect(profile?.S).toContain('beatrix@example.com');
    expect((await get(`/Groups/${groups.large}`)).members).toHaveLength(1);
    expect(contradictions(await readTable(table.client, table.tableName), { registry })).toEqual([]);
  });

  it('is given back: who was kept returns under its id, and what was removed is restored with its memberships', async () => {
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
    await finish();

    const returned = await endpoint.send('POST', '/Users', { body: { schemas, userName: 'fay@example.com', externalId: 'x-fay' } });
    await administerRemoved({ ...table, store: openDirectoryStore({ ...table, registry }) }).restore('User', 'hal@example.com');
    await finish();

    expect(returned.json.id).toBe(users['fay']);
    const members = (await get(`/Groups/${groups.team}`)).members.map(({ value }: { readonly value: string }) => value);
    expect(members).toEqual(expect.arrayContaining([users['fay'], users['hal']]));
    expect(contradictions(await readTable(table.client, table.tableName), { registry })).toEqual([]);
  });

  it('is administered: the application with its mapping, its brake, backfills, last uses and used assertions', async () => {
    const application = await openApplicationRepository(table).find('hr', aCall());
    const uses = await openLastUses(table).list(aCall());
    const isNew = await openAssertionLedger(table).use('https://login.example.com', 'a1', 4_000_000_000, aCall());
    const backfill = await openBackfillStore(table).list(aCall());

    expect(application).toMatchObject({
      title: 'HR',
      preset: 'miniorange',
      policy: { deleteDeactivatedUsers: 'off', maxActiveUsers: 500 },
    });
    expect(application?.mapping).toBeDefined();
    expect((await openRemovalBrakes(table).read('hr', aCall())) ?? undefined).toBeDefined();
    expect([...uses.keys()]).toEqual(['c1']);
    expect(isNew).toBe(false);
    expect(backfill).toHaveLength(3);
  });

  it('lets in who has a credential of then', async () => {
    const list = parseCredentialList(JSON.stringify(told.secret));
    const secrets = { readCredentials: async () => list };
    const authenticate = authenticator({ secrets, now: Date.now });
    const lists = { toAccept: async () => list, toRefuse: async () => list };
    const { token, account, client } = told.presented;

    const principals = [await authenticate(`Bearer ${token}`), await authenticate(`Bearer ${account}`)];

    expect(list.unreadable).toEqual([]);
    expect(principals.map(({ application }) => application)).toEqual(['hr', 'hr']);
    const before = new Date('2027-01-01T00:00:00Z');
    expect((await findBySecret(client.id, client.secret, lists, before)).application).toBe('hr');
  });
});
