import type { Command } from '../../command.ts';
import { tenantAdd } from './add.ts';
import { tenantList } from './list.ts';
import { tenantShow } from './show.ts';

export const COMMANDS: readonly Command[] = [tenantAdd, tenantList, tenantShow];
