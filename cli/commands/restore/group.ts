import type { Command } from '../../command.ts';
import { restoreCommand } from './restore.ts';

export const COMMANDS: readonly Command[] = [restoreCommand];
