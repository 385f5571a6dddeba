import * as z from 'zod/mini';
import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import { type Purged, purgedSchema } from '../../../src/directory/operator/answers.ts';
import { type Command, defineCommand } from '../../command.ts';
import { CONFIRM_FLAG, confirmByTyping, confirmOptions } from '../../confirm.ts';
import { ADMIN_FLAGS, adminOptions } from '../../target.ts';
import type { Terminal } from '../../terminal.ts';
import { perform } from './act.ts';
import type { ResourceGroup } from './resource-groups.ts';
import { type Total, tellPurged } from './tell-purged.ts';

export const purgeOf = ({ group, noun, name, typeFlag, typeOption, example, exampleName }: ResourceGroup): Command =>
  defineCommand({
    name: `${group} purge`,
    summary: `Take a ${noun} away for good, with all that is kept for a restore and every trace of its id.`,
    argument: { name: 'resource', summary: `its ${name}, or its id; that of a purge which broke off` },
    flags: [...typeFlag, CONFIRM_FLAG, { flags: '--dry-run', summary: 'say who is meant, and change nothing' }, ...ADMIN_FLAGS],
    examples: [
      `scim ${group} purge ${exampleName}${example} --local`,
      `scim ${group} purge ${exampleName}${example} --tenant example --confirm ${exampleName}`,
    ],
    options: z.strictObject({
      ...adminOptions,
      ...confirmOptions,
      type: typeOption,
      resource: z.string(),
      dryRun: z.optional(z.literal(true)),
    }),
    run: async ({ json, type, resource, confirm, dryRun, ...target }, terminal) => {
      const ask = (asked: { readonly resource: string; readonly after?: string | undefined; readonly dryRun?: boolean }) =>
        perform(target, { act: 'resource.purge', type, ...asked }, purgedSchema, terminal);
      const meant = await ask({ resource, dryRun: true });
      if (dryRun) return tellMeant(meant, json, terminal);
      const what = `take ${meant.type} ${meant.id} away for good: no restore brings it back`;
      await confirmByTyping(terminal, { what, name: meant.name ?? meant.id, confirm });
      const total = await purgeAll(meant, ask, terminal);
      if (json) terminal.print(JSON.stringify(total));
      else tellPurged(total, target.local === true, terminal);
    },
  });

function tellMeant({ type, id, name = '', state }: Purged, json: true | undefined, { print }: Terminal): void {
  const states = { there: 'is there', removed: 'was removed, and could be restored', gone: 'is not there; traces of its id may be' };
  print(json ? JSON.stringify({ type, id, name, state, dryRun: true }) : `${type} ${id} ${states[state]}. Nothing has been changed.`);
}

type Ask = (asked: { readonly resource: string; readonly after?: string | undefined }) => Promise<Purged>;

/** @throws {AdminRefusal} when others have to finish something first */
async function purgeAll({ type, id, name }: Purged, ask: Ask, terminal: Terminal): Promise<Total> {
  terminal.say(`Purging ${type} ${id}. If this breaks off, run it again with the id.`);
  let total: Total = { type, id, ...(name !== undefined && { name }), items: 0, erased: 0, passing: 0, mentionedBy: [] };
  for (let after: string | undefined; ; ) {
    const part = await ask({ resource: id, after });
    total = {
      ...total,
      items: total.items + part.items,
      erased: total.erased + part.erased,
      passing: total.passing + part.passing,
      mentionedBy: [...total.mentionedBy, ...part.mentionedBy],
    };
    terminal.progress?.(`${total.items} items looked at, ${total.erased} erased`);
    if (part.isComplete) break;
    if (part.after === undefined && part.erased === 0)
      throw new AdminRefusal(
        `${type} ${id} is gone, and cannot be restored. A large change of a group it was in has to end before the rest can go: run this again with the id in half an hour.`,
      );
    after = part.after;
  }
  terminal.progress?.('');
  return total;
}
