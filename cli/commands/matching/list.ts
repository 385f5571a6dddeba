import * as z from 'zod/mini';
import { type ListedMatching, listedMatchingsSchema } from '../../../src/directory/matching/answers.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { renderTable } from '../../table.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { percentOf, stuckOf } from './progress.ts';

export const matchingList = defineCommand({
  name: 'matching list',
  summary: 'List the attributes that resources are found by at once, beside unique ones and externalId, and how far each has come.',
  flags: [...ADMIN_FLAGS, { flags: '--type <type>', summary: 'only those of one resource type' }],
  examples: ['scim matching list --local', 'scim matching list --tenant example --type User'],
  options: z.strictObject({ ...adminOptions, type: z.optional(z.string()) }),
  run: async ({ json, by, type, ...target }, terminal) => {
    const request = { act: 'matching.list', by: by ?? terminal.userName, type } as const;
    const { result } = await askAdmin({ target: targetOf(target, terminal), request, expect: listedMatchingsSchema }, terminal);
    if (json) terminal.print(JSON.stringify(result));
    else {
      renderTable(result.attributes.map(rowOf)).forEach(terminal.print);
      result.attributes.flatMap(stuckOf).forEach(terminal.say);
    }
  },
});

const rowOf = (listed: ListedMatching) => ({
  TYPE: listed.type,
  ATTRIBUTE: listed.attribute,
  STATE: listed.state,
  SEEN: percentOf(listed),
  'FILTERS USE': listed.state === 'ready' || listed.state === 'built in' ? 'its keys' : 'a walk',
});
