import * as z from 'zod/mini';
import { createdAccountSchema } from '../../../src/access/admin-answer.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { describeMade, MAKING_FLAGS, makingOf, makingOptions } from '../token/making.ts';
import { choosePassword, PASSWORD_FLAG, passwordOptions, printAccount } from './choose-password.ts';

export const accountCreate = defineCommand({
  name: 'account create',
  summary: 'Make a SCIM account: a generated user identifier, and a password that is typed twice.',
  flags: [...ADMIN_FLAGS, ...MAKING_FLAGS, PASSWORD_FLAG],
  examples: ['scim account create --local --app cloudsuite', 'scim account create --tenant example --password-stdin < password.txt'],
  options: z.strictObject({ ...adminOptions, ...makingOptions, ...passwordOptions }),
  run: async ({ json, by, local, tenant, passwordStdin, ...making }, terminal) => {
    const target = targetOf({ local, tenant }, terminal);
    const wanted = makingOf(making);
    const password = await choosePassword(passwordStdin, terminal);
    const request = { act: 'account.create', by: by ?? terminal.userName, ...wanted, password } as const;
    const { result, tenantUrl } = await askAdmin({ target, request, expect: createdAccountSchema }, terminal);
    if (json) {
      terminal.print(JSON.stringify({ ...result, tenantUrl }));
      return;
    }
    describeMade('Account', result.credential, terminal);
    terminal.say('It is accepted within 10 seconds.');
    printAccount(result, tenantUrl, terminal);
  },
});
