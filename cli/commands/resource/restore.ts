import * as z from 'zod/mini';
import { restoredSchema } from '../../../src/directory/removed/answers.ts';
import { askAdmin } from '../../ask-admin.ts';
import { type Command, defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import type { ResourceGroup } from './resource-groups.ts';

export const restoreOf = ({ group, noun, name, typeFlag, typeOption, example, exampleName }: ResourceGroup): Command =>
  defineCommand({
    name: `${group} restore`,
    summary: `Bring a removed ${noun} back: the same id, its values and its memberships.`,
    argument: { name: 'resource', summary: `its ${name}, or the id that "scim ${group} removed" shows` },
    flags: [...typeFlag, ...ADMIN_FLAGS],
    examples: [
      `scim ${group} restore ${exampleName}${example} --local`,
      `scim ${group} restore 019b76da-a802-721d-a9fd-99c3d02b6c32${example} --tenant example`,
    ],
    options: z.strictObject({ ...adminOptions, type: typeOption, resource: z.string() }),
    run: async ({ json, by, type, resource, ...target }, terminal) => {
      const { result } = await askAdmin(
        {
          target: targetOf(target, terminal),
          request: { act: 'resource.restore', by: by ?? terminal.userName, type, resource },
          expect: restoredSchema,
        },
        terminal,
      );
      if (json) return terminal.print(JSON.stringify(result));
      const { id, memberships, isComplete } = result;
      terminal.print(`Restored ${result.type} ${id}; memberships brought back: ${memberships}.`);
      if (!isComplete) terminal.print('The others come back within a few minutes.');
    },
  });
