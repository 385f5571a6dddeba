import * as z from 'zod/mini';
import { changedResourceSchema } from '../../../src/directory/operator/answers.ts';
import { type Command, defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions } from '../../target.ts';
import { perform } from './act.ts';
import type { ResourceGroup } from './resource-groups.ts';

const VERBS = {
  disable: { summary: 'Disable', past: 'Disabled', is: 'disabled' },
  enable: { summary: 'Enable', past: 'Enabled', is: 'enabled' },
} as const;

const setActiveOf =
  (verb: keyof typeof VERBS) =>
  ({ group, noun, name, typeFlag, typeOption, example, exampleName }: ResourceGroup): Command =>
    defineCommand({
      name: `${group} ${verb}`,
      summary: `${VERBS[verb].summary} a ${noun}: "active" becomes ${verb === 'enable'}, whatever the settings of an application say.`,
      argument: { name: 'resource', summary: `its ${name}, or its id` },
      flags: [...typeFlag, ...ADMIN_FLAGS],
      examples: [`scim ${group} ${verb} ${exampleName}${example} --local`],
      options: z.strictObject({ ...adminOptions, type: typeOption, resource: z.string() }),
      run: async ({ json, type, resource, ...target }, terminal) => {
        const changed = await perform(target, { act: `resource.${verb}`, type, resource }, changedResourceSchema, terminal);
        if (json) return terminal.print(JSON.stringify(changed));
        const { past, is } = VERBS[verb];
        terminal.print(changed.isChanged ? `${past} ${changed.type} ${changed.id}.` : `${changed.type} ${changed.id} was ${is} already.`);
        if (changed.isChanged) terminal.say('Its identity provider may set it otherwise with the next change it sends.');
      },
    });

export const disableOf = setActiveOf('disable');
export const enableOf = setActiveOf('enable');
