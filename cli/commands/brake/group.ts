import type { Command } from '../../command.ts';
import { brakeRelease } from './release.ts';
import { brakeShow } from './show.ts';

export const COMMANDS: readonly Command[] = [brakeShow, brakeRelease];
