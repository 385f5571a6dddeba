import type { Command } from '../../command.ts';
import { tenantAdd } from './add.ts';
import { tenantList } from './list.ts';
import { tenantShow } from './show.ts';
import { tenantStatus } from './status/status.ts';
import { tenantUpgrade } from './upgrade/upgrade.ts';

export const COMMANDS: readonly Command[] = [tenantAdd, tenantList, tenantShow, tenantStatus, tenantUpgrade];
