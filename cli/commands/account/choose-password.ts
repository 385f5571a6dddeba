import * as z from 'zod/mini';
import type { CreatedAccount } from '../../../src/access/admin-answer.ts';
import type { Flag } from '../../command.ts';
import { promptNewSecret } from '../../prompt.ts';
import type { Terminal } from '../../terminal.ts';

export const PASSWORD_FLAG: Flag = { flags: '--password-stdin', summary: 'read the password from standard input, in place of a prompt' };

export const passwordOptions = { passwordStdin: z.optional(z.literal(true)) };

export const choosePassword = (fromInput: true | undefined, terminal: Terminal): Promise<string> =>
  promptNewSecret(terminal, { what: 'SCIM password', flag: '--password-stdin', fromInput });

/** Standard output gets the bearer token and nothing else, so that a script can read it. */
export function printAccount({ identifier, bearerToken }: CreatedAccount, tenantUrl: string | undefined, terminal: Terminal): void {
  terminal.say(`User identifier    ${identifier}`);
  if (tenantUrl !== undefined) terminal.say(`Tenant URL         ${tenantUrl}`);
  terminal.say('The bearer token, base64 of identifier and password, is shown this once only:');
  terminal.print(bearerToken);
}
