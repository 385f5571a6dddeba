import type { Command } from '../../command.ts';
import { removedOf } from './removed.ts';
import type { ResourceGroup } from './resource-groups.ts';
import { restoreOf } from './restore.ts';

export const commandsOf = (resources: ResourceGroup): readonly Command[] => [removedOf(resources), restoreOf(resources)];
