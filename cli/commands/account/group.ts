import type { Command } from '../../command.ts';
import { accountCreate } from './create.ts';
import { accountList } from './list.ts';
import { accountPassword } from './password.ts';
import { accountRevoke } from './revoke.ts';

export const COMMANDS: readonly Command[] = [accountCreate, accountList, accountPassword, accountRevoke];
