import type { Command } from '../../command.ts';
import { appSet } from './set.ts';
import { appShow } from './show.ts';

export const COMMANDS: readonly Command[] = [appShow, appSet];
