const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

export const aUser = (userName: string, attributes: object = {}): object => ({ schemas: [USER], userName, ...attributes });

export const aGroup = (displayName: string, memberIds: readonly string[] = []): object => ({
  schemas: [GROUP],
  displayName,
  ...(memberIds.length > 0 && { members: valuesOf(memberIds) }),
});

export const patchOf = (...Operations: readonly object[]): object => ({ schemas: [PATCH_OP], Operations });

export const replaced = (path: string, value: unknown): object => ({ op: 'replace', path, value });

export const addedMembers = (...ids: readonly string[]): object => ({ op: 'add', path: 'members', value: valuesOf(ids) });

export const removedMember = (id: string): object => ({ op: 'remove', path: `members[value eq "${id}"]` });

export const filtered = (endpoint: string, filter: string): string => `${endpoint}?filter=${encodeURIComponent(filter)}`;

const valuesOf = (ids: readonly string[]): readonly object[] => ids.map((value) => ({ value }));
