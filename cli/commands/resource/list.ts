import * as z from 'zod/mini';
import { type Command, defineCommand, UsageError } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions } from '../../target.ts';
import { LIST_FLAGS, limitOf, listOptions, MORE } from './list-options.ts';
import { printList } from './print-list.ts';
import type { ResourceGroup } from './resource-groups.ts';

const DISABLED = 'active eq false';

function filterOf(filter: string | undefined, isDisabled: boolean): string | undefined {
  if (!isDisabled) return filter;
  return filter === undefined ? DISABLED : `${DISABLED} and (${filter})`;
}

function columnsOf(text: string): readonly string[] {
  const columns = text.split(',').map((column) => column.trim());
  if (columns.includes('')) throw new UsageError('--columns takes attribute names with a comma between two: id,userName,emails.value.');
  return columns;
}

export const listOf = ({ group, nouns, typeFlag, typeOption, example, hasActive, filterExample }: ResourceGroup): Command =>
  defineCommand({
    name: `${group} list`,
    summary: `List the ${nouns} there are, oldest first, page by page; with --json, an object a line.`,
    flags: [
      ...typeFlag,
      { flags: '--filter <filter>', summary: 'only those that match this SCIM filter (RFC 7644 §3.4.2.2)' },
      ...(hasActive ? [{ flags: '--disabled', summary: 'only those whose "active" is false, and those that are kept' }] : []),
      {
        flags: '--columns <names>',
        summary: 'the attributes to show, by their SCIM paths with commas between them; createdBy; profile.NAME, as mapped',
      },
      ...LIST_FLAGS,
      ...ADMIN_FLAGS,
    ],
    examples: [
      `scim ${group} list${example} --local`,
      `scim ${group} list${example} --tenant example --filter '${filterExample}' --columns id,meta.created,createdBy --all`,
    ],
    options: z.strictObject({
      ...adminOptions,
      ...listOptions,
      type: typeOption,
      filter: z.optional(z.string()),
      disabled: z.optional(z.literal(true)),
      columns: z.optional(z.string()),
    }),
    run: async ({ json, type, filter, disabled, columns, limit, all, ...target }, terminal) => {
      const whole = filterOf(filter, disabled === true);
      const listing = {
        target,
        query: { type, filter: whole },
        columns: columns === undefined ? undefined : columnsOf(columns),
        limit: limitOf({ limit, all }),
        json,
      };
      const { shown, hasMore } = await printList(listing, terminal);
      if (shown === 0) terminal.say(`No ${nouns} ${whole === undefined ? 'are there' : 'match'}.`);
      if (hasMore) terminal.say(MORE);
    },
  });
