import type { CreatedToken } from '../../../src/access/admin-answer.ts';
import type { Terminal } from '../../terminal.ts';

/** Standard output gets the token and nothing else, so that a script can read it; the words go beside it. */
export function printToken({ token, credential }: CreatedToken, tenantUrl: string | undefined, terminal: Terminal): void {
  const again = credential.isRetrievable ? `"scim token show ${credential.id}" shows it again.` : 'It is shown this once only.';
  terminal.say(`${again} It is accepted within 10 seconds.`);
  if (tenantUrl !== undefined) terminal.say(`Tenant URL    ${tenantUrl}`);
  terminal.print(token);
}
