import { aBulk, patch, postGroup, postUser } from '../../support/bulk.ts';
import type { Act, Operation } from './operation.ts';
import { filtersOf, replacing } from './world.ts';

const bulk =
  (operations: readonly unknown[]): Act =>
  async ({ endpoint }) => {
    const { status, json } = await endpoint.send('POST', '/Bulk', { body: aBulk(operations) });
    return [status, ...(json.Operations ?? []).map((each: { readonly status: string }) => Number(each.status))];
  };

/** Each of its operations is all or nothing; it may break off between them. */
export const BULK_OPERATIONS: readonly Operation[] = [
  {
    title: 'send a bulk request whose operations refer to each other',
    stage: (world) => {
      const operations = [
        postUser('new', { externalId: 'E-new' }),
        postGroup('club', ['bulkId:new', world.ada]),
        patch(`/Groups/${world.team}`, { op: 'add', path: 'members', value: [{ value: 'bulkId:new' }] }),
        patch(`/Users/${world.bea}`, { op: 'replace', path: 'title', value: 'Dr' }),
        { method: 'DELETE', path: `/Users/${world.gus}` },
      ];
      return {
        act: bulk(operations),
        parts: operations.map((_, index) => bulk(operations.slice(0, index + 1))),
        meanwhile: { 'renames a group': replacing(`/Groups/${world.team}`, 'displayName', 'squad') },
        filters: filtersOf(world, { users: ['new', 'gus'], groups: ['club', 'team', 'squad'] }),
      };
    },
  },
];
