import type { Command } from '../../command.ts';
import { tokenCreate } from './create.ts';
import { tokenList } from './list.ts';
import { tokenRevoke } from './revoke.ts';

export const COMMANDS: readonly Command[] = [tokenCreate, tokenList, tokenRevoke];
