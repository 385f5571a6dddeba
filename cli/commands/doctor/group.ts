import type { Command } from '../../command.ts';
import { doctor } from './doctor.ts';

export const COMMANDS: readonly Command[] = [doctor];
