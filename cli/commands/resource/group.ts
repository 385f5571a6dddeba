import type { Command } from '../../command.ts';
import { exportOneOf } from './export-one.ts';
import { findOf } from './find.ts';
import { listOf } from './list.ts';
import { membersOf } from './members.ts';
import { purgeOf } from './purge.ts';
import { removeOf } from './remove.ts';
import { removedOf } from './removed.ts';
import type { ResourceGroup } from './resource-groups.ts';
import { restoreOf } from './restore.ts';
import { disableOf, enableOf } from './set-active.ts';
import { showOf } from './show.ts';

export const commandsOf = (resources: ResourceGroup): readonly Command[] => {
  const { hasActive, hasMembers } = resources;
  const all = [listOf, findOf, showOf, ...(hasMembers ? [membersOf] : []), ...(hasActive ? [disableOf, enableOf] : [])];
  return [...all, removeOf, removedOf, restoreOf, purgeOf, exportOneOf].map((commandOf) => commandOf(resources));
};
