import { GROUP, patch, USER } from '../support/bulk.ts';
import type { Answer, Endpoint } from '../support/endpoint.ts';
import type { Condition, Details, Write } from './oracle/request.ts';

/** Sends a write as a client does. `versionOf` tells the version to name where the right one is wanted. */
export function sendWrite({ send }: Endpoint, write: Write, versionOf: (id: string) => number | undefined): Promise<Answer> {
  switch (write.kind) {
    case 'createUser':
      return send('POST', '/Users', { body: userBody(write) });
    case 'createGroup':
      return send('POST', '/Groups', { body: groupBody(write) });
    case 'patchUser':
      return send('PATCH', `/Users/${write.id}`, { body: patchBody(userOperations(write)), headers: ifMatch(write, versionOf) });
    case 'putUser':
      return send('PUT', `/Users/${write.id}`, { body: userBody(write), headers: ifMatch(write, versionOf) });
    case 'patchGroup':
      return send('PATCH', `/Groups/${write.id}`, { body: patchBody(groupOperations(write)), headers: ifMatch(write, versionOf) });
    case 'setMembers':
      return send('PATCH', `/Groups/${write.id}`, {
        body: patchBody([{ op: 'replace', path: 'members', value: values(write.members) }]),
        headers: ifMatch(write, versionOf),
      });
    case 'putGroup':
      return send('PUT', `/Groups/${write.id}`, { body: groupBody(write), headers: ifMatch(write, versionOf) });
    case 'delete':
      return send('DELETE', `/${write.type}s/${write.id}`, { headers: ifMatch(write, versionOf) });
  }
}

type Changing = { readonly id: string; readonly condition: Condition };

function ifMatch({ condition, id }: Changing, versionOf: (id: string) => number | undefined): Readonly<Record<string, string>> {
  if (condition === 'none') return {};
  if (condition === 'any') return { 'If-Match': '*' };
  return { 'If-Match': `W/"${condition === 'wrong' ? 999 : (versionOf(id) ?? 1)}"` };
}

const values = (ids: readonly string[]) => ids.map((value) => ({ value }));

const emails = (value: string) => [{ type: 'work', value }];

const userBody = ({ userName, title, email, externalId }: { readonly userName: string } & Details) => ({
  schemas: [USER],
  userName,
  title,
  externalId,
  ...(email !== undefined && { emails: emails(email) }),
});

const groupBody = ({ displayName, members }: { readonly displayName: string; readonly members: readonly string[] }) => ({
  schemas: [GROUP],
  displayName,
  members: values(members),
});

const patchBody = (operations: readonly Readonly<Record<string, unknown>>[]) => patch('', ...operations)['data'];

const userOperations = ({ userName, title, email, externalId }: Write & { readonly kind: 'patchUser' }) =>
  Object.entries({ userName, title, externalId, emails: email === undefined ? undefined : emails(email) }).flatMap(([path, value]) =>
    value === undefined ? [] : [{ op: 'replace', path, value }],
  );

/** One is taken away by a value path, several by a list, as clients do. */
function groupOperations({ add, remove, displayName }: Write & { readonly kind: 'patchGroup' }) {
  const [only, ...others] = remove;
  return [
    ...(displayName === undefined ? [] : [{ op: 'replace', value: { displayName } }]),
    ...(add.length === 0 ? [] : [{ op: 'Add', path: 'members', value: values(add) }]),
    ...(only !== undefined && others.length === 0 ? [{ op: 'remove', path: `members[value eq "${only}"]` }] : []),
    ...(others.length === 0 ? [] : [{ op: 'remove', path: 'members', value: values(remove) }]),
  ];
}

/** A body without times, and lists whose order means nothing by id. */
// biome-ignore lint/suspicious/noExplicitAny: a body of any shape
export function timeless(body: any): any {
  if (body === undefined) return undefined;
  const { created: _created, lastModified: _lastModified, ...meta } = body.meta ?? {};
  return {
    ...body,
    ...(body.groups && { groups: byValue(body.groups) }),
    ...(body.members && { members: byValue(body.members) }),
    ...(body.meta && { meta }),
  };
}

const byValue = <Element extends { readonly value: string }>(elements: readonly Element[]): readonly Element[] =>
  [...elements].sort((left, right) => (left.value < right.value ? -1 : 1));
