import * as z from 'zod/mini';
import { shownResourceSchema } from '../../../src/directory/operator/answers.ts';
import { type Command, defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions } from '../../target.ts';
import { perform } from './act.ts';
import { describeResource } from './describe-resource.ts';
import type { ResourceGroup } from './resource-groups.ts';

export const showOf = ({ group, noun, name, typeFlag, typeOption, example, exampleName }: ResourceGroup): Command =>
  defineCommand({
    name: `${group} show`,
    summary: `Show all that is known of a ${noun}, also of one that was removed.`,
    argument: { name: 'resource', summary: `its ${name}, or its id` },
    flags: [...typeFlag, ...ADMIN_FLAGS],
    examples: [
      `scim ${group} show ${exampleName}${example} --local`,
      `scim ${group} show ${exampleName}${example} --tenant example --json`,
    ],
    options: z.strictObject({ ...adminOptions, type: typeOption, resource: z.string() }),
    run: async ({ json, type, resource, ...target }, terminal) => {
      const shown = await perform(target, { act: 'resource.show', type, resource }, shownResourceSchema, terminal);
      if (json) return terminal.print(JSON.stringify(shown));
      describeResource(shown).forEach(terminal.print);
    },
  });
