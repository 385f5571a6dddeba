import * as z from 'zod/mini';
import { createdAccountSchema } from '../../../src/access/admin-answer.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { choosePassword, PASSWORD_FLAG, passwordOptions, printAccount } from './choose-password.ts';

export const accountPassword = defineCommand({
  name: 'account password',
  summary: 'Give a SCIM account another password, typed twice; the one before is refused within 60 seconds.',
  argument: { name: 'account', summary: 'its id or its identifier, as "scim account list" shows them' },
  flags: [...ADMIN_FLAGS, PASSWORD_FLAG],
  examples: ['scim account password 3f9a1c22de --local', 'scim account password 3f9a1c22de --tenant example --password-stdin < new.txt'],
  options: z.strictObject({ ...adminOptions, ...passwordOptions, account: z.string() }),
  run: async ({ json, by, account, passwordStdin, ...named }, terminal) => {
    const target = targetOf(named, terminal);
    const password = await choosePassword(passwordStdin, terminal);
    const request = { act: 'account.password', by: by ?? terminal.userName, credential: account, password } as const;
    const { result, tenantUrl } = await askAdmin({ target, request, expect: createdAccountSchema }, terminal);
    if (json) {
      terminal.print(JSON.stringify({ ...result, tenantUrl }));
      return;
    }
    const { id, name, application } = result.credential;
    terminal.say(
      `Account ${id} "${name}" of application ${application} has another password: the one before is refused within 60 seconds.`,
    );
    printAccount(result, tenantUrl, terminal);
  },
});
