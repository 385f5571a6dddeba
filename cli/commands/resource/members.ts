import * as z from 'zod/mini';
import { type ListedMember, type ListedMembers, listedMembersSchema } from '../../../src/directory/operator/answers.ts';
import { type Command, defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions } from '../../target.ts';
import type { Terminal } from '../../terminal.ts';
import { perform } from './act.ts';
import { LIST_FLAGS, limitOf, listOptions, MORE } from './list-options.ts';
import type { ResourceGroup } from './resource-groups.ts';
import { streamTable } from './stream-table.ts';

const LARGEST_PAGE = 1_000;

export const membersOf = ({ group, noun, name, typeFlag, typeOption, example, exampleName }: ResourceGroup): Command =>
  defineCommand({
    name: `${group} members`,
    summary: `List the members of a ${noun} in the order of their ids, groups among them marked; with --json, an object a line.`,
    argument: { name: 'resource', summary: `its ${name}, or its id` },
    flags: [...typeFlag, ...LIST_FLAGS, ...ADMIN_FLAGS],
    examples: [
      `scim ${group} members ${exampleName}${example} --local`,
      `scim ${group} members ${exampleName}${example} --tenant example --all --json`,
    ],
    options: z.strictObject({ ...adminOptions, ...listOptions, type: typeOption, resource: z.string() }),
    run: async ({ json, type, resource, limit, all, ...target }, terminal) => {
      const print = json ? printJson(terminal) : printTable(terminal);
      const most = limitOf({ limit, all });
      let [shown, after, isMore]: [number, string | undefined, boolean] = [0, undefined, true];
      while (isMore && shown < most) {
        const asked = { act: 'resource.members', type, resource, limit: Math.min(LARGEST_PAGE, most - shown), after } as const;
        const page: ListedMembers = await perform(target, asked, listedMembersSchema, terminal);
        if (page.members.length > 0) print(page.members);
        shown += page.members.length;
        after = page.after;
        isMore = after !== undefined;
      }
      if (shown === 0) terminal.say(`This ${noun} has no members.`);
      if (isMore) terminal.say(MORE);
    },
  });

type Print = (members: readonly ListedMember[]) => void;

const printJson =
  ({ print }: Terminal): Print =>
  (members) =>
    members.forEach((member) => {
      print(JSON.stringify(member));
    });

function printTable({ print }: Terminal): Print {
  const table = streamTable(['ID', 'TYPE', 'NAME', 'DISPLAY'], print);
  return (members) =>
    table(members.map(({ id, type, name = '', display = '' }) => [id, type === 'User' ? type : `${type} (nested)`, name, display]));
}
