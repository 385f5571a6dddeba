import * as z from 'zod/mini';
import { changedResourceSchema } from '../../../src/directory/operator/answers.ts';
import { type Command, defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions } from '../../target.ts';
import { perform } from './act.ts';
import type { ResourceGroup } from './resource-groups.ts';

export const removeOf = ({ group, noun, name, typeFlag, typeOption, example, exampleName }: ResourceGroup): Command =>
  defineCommand({
    name: `${group} remove`,
    summary: `Remove a ${noun}, as a DELETE does: it can be restored for some time.`,
    argument: { name: 'resource', summary: `its ${name}, or its id` },
    flags: [...typeFlag, ...ADMIN_FLAGS],
    examples: [`scim ${group} remove ${exampleName}${example} --local`],
    options: z.strictObject({ ...adminOptions, type: typeOption, resource: z.string() }),
    run: async ({ json, type, resource, ...target }, terminal) => {
      const removed = await perform(target, { act: 'resource.remove', type, resource }, changedResourceSchema, terminal);
      if (json) return terminal.print(JSON.stringify(removed));
      terminal.print(`Removed ${removed.type} ${removed.id}.`);
      const until = removed.until === undefined ? '' : ` until ${removed.until}`;
      terminal.say(`It can be restored${until}: scim ${group} restore ${removed.id}${example}`);
    },
  });
