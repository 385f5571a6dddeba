import type { BulkOperationLine, LogLine } from '../../src/runtime/log.ts';
import { URN } from '../../src/scim/urn.ts';
import type { Answer, Endpoint } from './endpoint.ts';

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

export type Sent = Readonly<Record<string, unknown>>;

export const aBulk = (operations: readonly unknown[], more: Sent = {}): Sent => ({
  schemas: [URN.bulkRequest],
  ...more,
  Operations: operations,
});

export const sendBulk = ({ send }: Endpoint, operations: readonly unknown[], more: Sent = {}): Promise<Answer> =>
  send('POST', '/Bulk', { body: aBulk(operations, more) });

export const postUser = (bulkId: string, data: Sent = {}): Sent => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: { schemas: [USER], userName: bulkId, ...data },
});

export const postGroup = (bulkId: string, members: readonly string[] = [], data: Sent = {}): Sent => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: { schemas: [GROUP], displayName: bulkId, members: members.map((value) => ({ value })), ...data },
});

/** A user managed by another, or by whoever a reference stands for. */
export const managedBy = (value: string): Sent => ({ schemas: [USER, ENTERPRISE], [ENTERPRISE]: { manager: { value } } });

export const patch = (path: string, ...operations: readonly Sent[]): Sent => ({
  method: 'PATCH',
  path,
  data: { schemas: [URN.patchOp], Operations: operations },
});

type Result = {
  readonly status: string;
  readonly method: string;
  readonly bulkId?: string;
  readonly location?: string;
  readonly version?: string;
  readonly response?: { readonly status: string; readonly scimType?: string; readonly detail: string };
};

export const resultsOf = ({ json }: Answer): readonly Result[] => json.Operations;

export const statusesOf = (answer: Answer): readonly string[] => resultsOf(answer).map(({ status }) => status);

/** The id at the end of the address of what an operation created or changed. */
export const idOf = (answer: Answer, index: number): string => resultsOf(answer)[index]?.location?.split('/').at(-1) ?? '';

export const operationLines = (lines: readonly LogLine[]): readonly BulkOperationLine[] =>
  lines.filter((line): line is BulkOperationLine => line.event === 'bulkOperation');

type Resource = Readonly<Record<string, unknown>> & { readonly id: string };

/** Everything in the directory, each resource by its name with the names of those it refers to: the same for the same state, whatever the ids. */
export async function directoryByName({ send }: Endpoint): Promise<Readonly<Record<string, unknown>>> {
  const users: readonly Resource[] = (await send('GET', '/Users', { query: { count: '200' } })).json.Resources;
  const groups: readonly Resource[] = (await send('GET', '/Groups', { query: { count: '200' } })).json.Resources;
  const names = new Map([...users, ...groups].map((each) => [each.id, String(each['userName'] ?? each['displayName'])]));
  const named = (text: string): string =>
    names.get(text) ?? text.replace(/\/(Users|Groups)\/([^/]+)$/, (_, type, id) => `/${type}/${names.get(id)}`);
  const shown = ({ id, meta: _meta, schemas: _schemas, ...attributes }: Resource) => [
    names.get(id),
    JSON.parse(JSON.stringify(attributes, (_key, value: unknown) => (typeof value === 'string' ? named(value) : sorted(value)))),
  ];
  return Object.fromEntries([...users, ...groups].map(shown).sort(([left], [right]) => (String(left) < String(right) ? -1 : 1)));
}

const sorted = (value: unknown): unknown =>
  Array.isArray(value) ? [...value].sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1)) : value;
