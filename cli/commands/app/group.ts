import type { Command } from '../../command.ts';
import { appApply } from './apply.ts';
import { appCreate } from './create.ts';
import { appDelete } from './delete.ts';
import { appExport } from './export.ts';
import { IP_COMMANDS } from './ip/commands.ts';
import { appList } from './list.ts';
import { appMapRemove } from './map/remove.ts';
import { appMapSet } from './map/set.ts';
import { appMapShow } from './map/show.ts';
import { appMapTest } from './map/test.ts';
import { appSet } from './set.ts';
import { appShow } from './show.ts';
import { appDisable, appEnable } from './switch.ts';

export const COMMANDS: readonly Command[] = [
  appCreate,
  appList,
  appShow,
  appSet,
  appDisable,
  appEnable,
  appDelete,
  appExport,
  appApply,
  appMapShow,
  appMapSet,
  appMapRemove,
  appMapTest,
  ...IP_COMMANDS,
];
