import * as z from 'zod/mini';
import { type Command, defineCommand, UsageError } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions } from '../../target.ts';
import { LIST_FLAGS, limitOf, listOptions, MORE } from './list-options.ts';
import { printList } from './print-list.ts';
import type { ResourceGroup } from './resource-groups.ts';

export const findOf = ({ group, nouns, typeFlag, typeOption, example, exampleName }: ResourceGroup): Command =>
  defineCommand({
    name: `${group} find`,
    summary: `Find ${nouns} by id, name, e-mail address or externalId: those that have exactly this, or else those that contain it.`,
    argument: { name: 'text', summary: 'all of it or a part, in upper or lower case' },
    flags: [...typeFlag, ...LIST_FLAGS, ...ADMIN_FLAGS],
    examples: [`scim ${group} find ${exampleName}${example} --local`, `scim ${group} find a${example} --tenant example --all --json`],
    options: z.strictObject({ ...adminOptions, ...listOptions, type: typeOption, text: z.string() }),
    run: async ({ json, type, text, limit, all, ...target }, terminal) => {
      if (text.trim() === '') throw new UsageError('Say what to find: an id, a name, an address, or a part of one.');
      const query = { type, find: text };
      const { shown, hasMore } = await printList({ target, query, columns: undefined, limit: limitOf({ limit, all }), json }, terminal);
      if (shown === 0) terminal.say(`No ${nouns} have this. Those that were removed: "scim ${group} removed".`);
      if (hasMore) terminal.say(MORE);
    },
  });
