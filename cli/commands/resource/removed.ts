import * as z from 'zod/mini';
import { listedRemovedSchema, type RemovedSummary } from '../../../src/directory/removed/answers.ts';
import { askAdmin } from '../../ask-admin.ts';
import { type Command, defineCommand } from '../../command.ts';
import { renderTable } from '../../table.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import type { ResourceGroup } from './resource-groups.ts';

export const removedOf = ({ group, nouns, typeFlag, typeOption, example }: ResourceGroup): Command =>
  defineCommand({
    name: `${group} removed`,
    summary: `List the ${nouns} that were removed and can be restored, latest first.`,
    flags: [...typeFlag, ...ADMIN_FLAGS],
    examples: [`scim ${group} removed${example} --local`, `scim ${group} removed${example} --tenant example --json`],
    options: z.strictObject({ ...adminOptions, type: typeOption }),
    run: async ({ json, by, type, ...target }, terminal) => {
      const { result } = await askAdmin(
        {
          target: targetOf(target, terminal),
          request: { act: 'resource.removed', by: by ?? terminal.userName, type },
          expect: listedRemovedSchema,
        },
        terminal,
      );
      if (json) return terminal.print(JSON.stringify(result));
      renderTable(result.removed.map(rowOf)).forEach(terminal.print);
      const [shown, total] = [result.removed.length, result.total];
      if (total === 0) terminal.say(`No ${nouns} can be restored.`);
      if (shown < total) terminal.say(`${total - shown} more are not shown; each can be restored by its name or id.`);
    },
  });

const rowOf = ({ id, name = '', removedAt, removedBy, until }: RemovedSummary) => ({
  ID: id,
  NAME: name,
  REMOVED: removedAt.slice(0, 19).replace('T', ' '),
  BY: removedBy,
  UNTIL: until?.slice(0, 10) ?? 'kept',
});
