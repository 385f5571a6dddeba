import * as z from 'zod/mini';
import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import { type ChangedMatching, changedMatchingSchema, type ListedMatching } from '../../../src/directory/matching/answers.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import type { Terminal } from '../../terminal.ts';
import { stuckOf, watch } from './progress.ts';

export const matchingAdd = defineCommand({
  name: 'matching add',
  summary: 'Let resources be found by an attribute at once, however many there are; shows how far it has come until that is so.',
  argument: { name: 'attribute', summary: 'its path, as a filter names it, such as employeeNumber or phoneNumbers[type eq "work"].value' },
  flags: [
    ...ADMIN_FLAGS,
    { flags: '--type <type>', summary: 'the resource type (default: User)' },
    { flags: '--no-wait', summary: 'do not wait: it goes on by itself' },
  ],
  examples: [
    'scim matching add employeeNumber --local',
    `scim matching add 'phoneNumbers[type eq "work"].value' --tenant example --no-wait`,
  ],
  options: z.strictObject({ ...adminOptions, attribute: z.string(), type: z.optional(z.string()), wait: z._default(z.boolean(), true) }),
  run: async ({ json, by, attribute, type, wait, ...target }, terminal) => {
    const asking = { target: targetOf(target, terminal), by: by ?? terminal.userName };
    const request = { act: 'matching.add', by: asking.by, attribute, type } as const;
    const { result } = await askAdmin({ target: asking.target, request, expect: changedMatchingSchema }, terminal);
    if (!wait) return show(result, undefined, json, terminal);
    const listed = await watch({ ...asking, type: result.type, attribute: result.attribute }, terminal);
    if (listed === undefined) throw new AdminRefusal(`${result.attribute} is no matching attribute any more: somebody has removed it.`);
    show(result, listed, json, terminal);
  },
});

/** @throws {AdminRefusal} when resources stand in the way */
function show(changed: ChangedMatching, listed: ListedMatching | undefined, json: true | undefined, { print, say }: Terminal): void {
  const { type, attribute, outcome } = changed;
  if (json) print(JSON.stringify({ ...changed, ...(listed && { state: listed.state }) }));
  else print(`${outcome}  ${type}  ${attribute}`);
  const [stuck] = listed ? stuckOf(listed) : [];
  if (stuck !== undefined) throw new AdminRefusal(stuck);
  if (!json)
    say(listed ? 'Filters are answered by its keys within 30 seconds.' : 'It goes on by itself: "scim matching list" shows how far it is.');
}
