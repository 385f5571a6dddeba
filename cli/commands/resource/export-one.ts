import * as z from 'zod/mini';
import { shownResourceSchema } from '../../../src/directory/operator/answers.ts';
import { type Command, defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions } from '../../target.ts';
import { perform } from './act.ts';
import type { ResourceGroup } from './resource-groups.ts';

export const exportOneOf = ({ group, noun, name, typeFlag, typeOption, example, exampleName }: ResourceGroup): Command =>
  defineCommand({
    name: `${group} export`,
    summary: `Print everything that is held about one ${noun} as JSON, for whoever asks what that is.`,
    argument: { name: 'resource', summary: `its ${name}, or its id, also of one that was removed` },
    flags: [...typeFlag, ...ADMIN_FLAGS],
    examples: [`scim ${group} export ${exampleName}${example} --tenant example > ${noun}.json`],
    options: z.strictObject({ ...adminOptions, type: typeOption, resource: z.string() }),
    run: async ({ json, type, resource, ...target }, terminal) => {
      const held = await perform(target, { act: 'resource.export', type, resource }, shownResourceSchema, terminal);
      terminal.print(json ? JSON.stringify(held) : JSON.stringify(held, undefined, 2));
      terminal.say('Log lines about it: docs/how-to/what-happened-to-a-user.md.');
    },
  });
