import { randomBytes } from 'node:crypto';
import type { Change, DirectoryStore, StoreCall } from '../../src/directory/ports.ts';
import type { IndexEntries, Member, StoredResource } from '../../src/directory/resource.ts';
import { aCall, STAMP } from './store-call.ts';

let clock = Date.UTC(2026, 0, 1);

/** A UUIDv7 later than all before it. */
export function newId(): string {
  clock += 1;
  const hex = clock.toString(16).padStart(12, '0') + randomBytes(10).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const EPOCH = '2026-01-01T00:00:00.000Z';

const resource = (type: string, attributes: StoredResource['attributes']): StoredResource => ({
  type,
  id: newId(),
  version: 1,
  created: EPOCH,
  lastModified: EPOCH,
  createdBy: 'default',
  externalIds: {},
  attributes,
});

export const aUser = (userName: string, attributes: StoredResource['attributes'] = {}): StoredResource =>
  resource('User', { userName, active: true, ...attributes });

export const aGroup = (displayName: string): StoredResource => resource('Group', { displayName });

/** The keys a use case derives for such a resource: its name, its e-mail, its externalId. */
function entriesOf({ type, attributes, externalIds }: StoredResource): IndexEntries {
  const name = type === 'User' ? 'userName' : 'displayName';
  const email = attributes['email'];
  return {
    unique: [{ attribute: name, value: String(attributes[name]).toLowerCase() }],
    lookup: [
      ...(typeof email === 'string' ? [{ attribute: 'emails.value', value: email.toLowerCase() }] : []),
      ...Object.entries(externalIds).map(([application, value]) => ({ attribute: 'externalId', application, value })),
    ],
  };
}

export const asMember = ({ id, type }: StoredResource): Member => ({ value: id, type });

export const creation = (created: StoredResource, members: readonly Member[] = []): Change & { kind: 'create' } => ({
  kind: 'create',
  resource: created,
  entries: entriesOf(created),
  members,
  stamp: STAMP,
});

type Update = Change & { kind: 'update' };

export const update = (before: StoredResource, after: StoredResource, overrides: Partial<Update> = {}): Update => ({
  kind: 'update',
  before,
  after,
  entriesBefore: entriesOf(before),
  entriesAfter: entriesOf(after),
  members: { add: [], remove: [] },
  expect: 'version',
  stamp: STAMP,
  ...overrides,
});

export const memberChange = (group: StoredResource, add: readonly Member[], remove: readonly string[] = []): Update =>
  update(group, group, { members: { add, remove }, expect: 'exists' });

export const deletion = (before: StoredResource): Change & { kind: 'delete' } => ({
  kind: 'delete',
  before,
  entries: entriesOf(before),
  stamp: STAMP,
});

/** Commits the creation and hands back what was committed. */
export async function create(
  store: DirectoryStore,
  created: StoredResource,
  members: readonly Member[] = [],
  call: StoreCall = aCall(),
): Promise<StoredResource> {
  const committed = await store.commit(creation(created, members), call);
  if (!committed) throw new TypeError('a creation gives the resource');
  return committed;
}
