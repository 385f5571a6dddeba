import type { Command } from '../../command.ts';
import { explain } from './explain.ts';
import { logs } from './logs.ts';

export const COMMANDS: readonly Command[] = [logs, explain];
