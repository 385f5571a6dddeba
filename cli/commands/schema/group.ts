import type { Command } from '../../command.ts';
import { schemaApply } from './apply.ts';
import { schemaList } from './list.ts';
import { schemaRemove } from './remove.ts';
import { schemaShow } from './show.ts';

export const COMMANDS: readonly Command[] = [schemaApply, schemaList, schemaShow, schemaRemove];
