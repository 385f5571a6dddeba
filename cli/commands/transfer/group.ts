import type { Command } from '../../command.ts';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';

export const COMMANDS: readonly Command[] = [exportCommand, importCommand];
