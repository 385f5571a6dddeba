import { GROUP, USER } from '../../support/bulk.ts';
import type { Process } from '../../support/site.ts';
import type { Act, Answered, Scene, World } from './operation.ts';

const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

const NAMES = ['ada', 'bea', 'cyd', 'dan', 'eve', 'fay', 'gus'] as const;

export async function aWorld({ endpoint }: Process): Promise<World> {
  const create = async (path: string, body: object): Promise<string> => (await endpoint.send('POST', path, { body })).json.id;
  const [ada = '', bea = '', cyd = '', dan = '', eve = '', fay = '', gus = ''] = await Promise.all(
    NAMES.map((userName) => create('/Users', { schemas: [USER], userName, externalId: `E-${userName}` })),
  );
  const team = await create('/Groups', aGroup('team', [ada, bea, cyd, dan]));
  const crew = await create('/Groups', aGroup('crew', [ada, team]));
  return { ada, bea, cyd, dan, eve, fay, gus, team, crew };
}

export const values = (ids: readonly string[]) => ids.map((value) => ({ value }));

export const aGroup = (displayName: string, members: readonly string[]) => ({ schemas: [GROUP], displayName, members: values(members) });

export const sending =
  (method: string, path: string, body?: unknown): Act =>
  async ({ endpoint }): Promise<Answered> => {
    const { status } = await endpoint.send(method, path, body === undefined ? {} : { body });
    return [status];
  };

export const patching = (path: string, ...Operations: readonly object[]): Act => sending('PATCH', path, { schemas: [PATCH], Operations });

export const replacing = (path: string, attribute: string, value: unknown): Act =>
  patching(path, { op: 'replace', path: attribute, value });

/** Finds users and groups by each key under which the operation could leave something behind. */
export const filtersOf = (
  { ada, team }: World,
  { users = [], groups = [], emails = [] }: { readonly [kind in 'users' | 'groups' | 'emails']?: readonly string[] },
): Scene['filters'] => [
  ...users.flatMap((name) => [
    ['/Users', `userName eq "${name.toUpperCase()}"`] as const,
    ['/Users', `externalId eq "E-${name}"`] as const,
  ]),
  ...groups.map((name) => ['/Groups', `displayName eq "${name}"`] as const),
  ...emails.map((email) => ['/Users', `emails.value eq "${email}"`] as const),
  ['/Users', `groups.value eq "${team}"`],
  ['/Groups', `members.value eq "${ada}"`],
];
