import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { StoredResource } from '../../src/directory/resource.ts';
import { MEMBERS_IN_LINE, printEnd, printHeader, printMembers, printResource } from '../../src/directory/transfer/lines.ts';

const EPOCH = '2026-01-01T00:00:00.000Z';

/** Writes an export of so many users, and a group of all of them. */
export const writeLargeFile = (path: string, users: number): Promise<void> =>
  pipeline(Readable.from(linesOf(users)), createWriteStream(path));

function* linesOf(users: number): Generator<string> {
  yield `${printHeader({ schemas: [], types: [], removed: [], onceUnique: [] })}\n`;
  for (let index = 0; index < users; index += 1) yield `${printResource(userOf(index))}\n`;
  const group: StoredResource = { ...about('Group', users), nameVersion: 1, attributes: { displayName: 'Everyone' } };
  yield `${printResource(group)}\n`;
  for (let begin = 0; begin < users; begin += MEMBERS_IN_LINE) {
    const size = Math.min(MEMBERS_IN_LINE, users - begin);
    const members = Array.from({ length: size }, (_, index) => ({ value: idOf(begin + index), type: 'User' }));
    yield `${printMembers(group, begin === 0 ? undefined : idOf(begin - 1), members, begin + size === users)}\n`;
  }
  yield `${printEnd({ resources: { User: users, Group: 1 }, memberships: users })}\n`;
}

const userOf = (index: number): StoredResource => ({
  ...about('User', index),
  externalIds: { default: `external-${index}` },
  attributes: {
    userName: `user.${index}@example.com`,
    name: { givenName: 'Barbara', familyName: `Jensen ${index}` },
    displayName: `Babs Jensen ${index}`,
    title: 'Tour Guide',
    active: true,
    emails: [{ value: `user.${index}@example.com`, type: 'work', primary: true }],
    phoneNumbers: [{ value: `+1-555-${index}`, type: 'work' }],
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { employeeNumber: String(index), department: 'Tours' },
  },
});

const about = (type: string, index: number) => ({
  type,
  id: idOf(index),
  version: 1,
  created: EPOCH,
  lastModified: EPOCH,
  createdBy: 'default',
  externalIds: {},
});

/** In order; the last digits differ, by which the directory spreads resources. */
function idOf(index: number): string {
  const hex = (Date.parse(EPOCH) + index).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${((index * 2_654_435_761) % 2 ** 40).toString(16).padStart(12, '0')}`;
}
