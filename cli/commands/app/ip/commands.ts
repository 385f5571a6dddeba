import type { Command } from '../../../command.ts';
import { appIpAdd } from './add.ts';
import { appIpImport } from './import.ts';
import { appIpList } from './list.ts';
import { appIpRemove } from './remove.ts';

export const IP_COMMANDS: readonly Command[] = [appIpList, appIpAdd, appIpRemove, appIpImport];
