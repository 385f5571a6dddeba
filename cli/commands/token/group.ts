import type { Command } from '../../command.ts';
import { tokenCreate } from './create.ts';
import { tokenList } from './list.ts';
import { tokenRevoke } from './revoke.ts';
import { tokenRotate } from './rotate.ts';
import { tokenShow } from './show.ts';

export const COMMANDS: readonly Command[] = [tokenCreate, tokenList, tokenShow, tokenRotate, tokenRevoke];
