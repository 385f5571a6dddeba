import type { StoredResource } from '../../src/directory/resource.ts';

const AT = '2026-01-02T03:04:05.678Z';

export const aStoredUser = (overrides: Partial<StoredResource> = {}): StoredResource => ({
  type: 'User',
  id: '0197f000-0000-7000-8000-000000000001',
  version: 1,
  created: AT,
  lastModified: AT,
  createdBy: 'default',
  externalIds: {},
  attributes: { userName: 'ada@example.com' },
  ...overrides,
});

export const aStoredGroup = (overrides: Partial<StoredResource> = {}): StoredResource => ({
  ...aStoredUser(),
  type: 'Group',
  id: '0197f000-0000-7000-8000-0000000000aa',
  attributes: { displayName: 'Staff' },
  ...overrides,
});
