import type { ChangeStamp } from '../../src/directory/ports.ts';
import type { Member, StoredResource } from '../../src/directory/resource.ts';
import { uuidV7 } from '../../src/runtime/uuid-v7.ts';

const AT = '2026-01-01T00:00:00.000Z';
const APPLICATION = 'default';
const EPOCH_MS = Date.parse(AT);

export const STAMP: ChangeStamp = { requestId: 'filled', application: APPLICATION, at: AT, paths: ['userName'] };

/** The name of the nth user: all are of one length, so that all cost the same. */
export const nameOf = (n: number): string => `user-${String(n).padStart(7, '0')}`;

/** A user as Entra ID would have created it. */
export function inventedUser(n: number): StoredResource {
  const name = nameOf(n);
  const userName = `${name}@example.com`;
  return resource(
    'User',
    n,
    { [APPLICATION]: `external-${name}` },
    {
      userName,
      displayName: name,
      active: true,
      emails: [{ value: userName, type: 'work', primary: true }],
      name: { familyName: 'Okafor', givenName: 'Marta' },
    },
  );
}

export const inventedGroup = (n: number): StoredResource => ({
  ...resource('Group', n, {}, { displayName: `group-${n}` }),
  nameVersion: 1,
});

export const asMember = ({ id, type }: StoredResource): Member => ({ value: id, type });

const resource = (
  type: string,
  n: number,
  externalIds: StoredResource['externalIds'],
  attributes: StoredResource['attributes'],
): StoredResource => ({
  type,
  id: uuidV7(EPOCH_MS + n),
  version: 1,
  created: AT,
  lastModified: AT,
  createdBy: APPLICATION,
  externalIds,
  attributes,
});
