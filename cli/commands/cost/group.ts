import type { Command } from '../../command.ts';
import { cost } from './cost.ts';

export const COMMANDS: readonly Command[] = [cost];
