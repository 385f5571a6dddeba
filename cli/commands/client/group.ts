import type { Command } from '../../command.ts';
import { clientCreate } from './create.ts';
import { clientFederate } from './federate.ts';
import { clientList } from './list.ts';
import { clientRevoke } from './revoke.ts';
import { clientRotate } from './rotate.ts';

export const COMMANDS: readonly Command[] = [clientCreate, clientFederate, clientList, clientRotate, clientRevoke];
