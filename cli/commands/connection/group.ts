import type { Command } from '../../command.ts';
import { testConnection } from './test-connection.ts';

export const COMMANDS: readonly Command[] = [testConnection];
