import * as z from 'zod/mini';
import { changedMatchingSchema } from '../../../src/directory/matching/answers.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';

export const matchingRemove = defineCommand({
  name: 'matching remove',
  summary: 'Give up the keys of an attribute: filters on it walk through the resources again. No value is lost.',
  argument: { name: 'attribute', summary: 'its path, as "scim matching list" shows it' },
  flags: [...ADMIN_FLAGS, { flags: '--type <type>', summary: 'the resource type (default: User)' }],
  examples: ['scim matching remove employeeNumber --tenant example'],
  options: z.strictObject({ ...adminOptions, attribute: z.string(), type: z.optional(z.string()) }),
  run: async ({ json, by, attribute, type, ...target }, terminal) => {
    const request = { act: 'matching.remove', by: by ?? terminal.userName, attribute, type } as const;
    const { result } = await askAdmin({ target: targetOf(target, terminal), request, expect: changedMatchingSchema }, terminal);
    if (json) return terminal.print(JSON.stringify(result));
    terminal.print(`${result.outcome}  ${result.type}  ${result.attribute}`);
    if (result.outcome === 'unchanged') terminal.say('It is being removed already.');
    else terminal.say('No filter uses its keys after 30 seconds; they are removed afterwards.');
  },
});
