import { matchingAdd } from './add.ts';
import { matchingList } from './list.ts';
import { matchingRemove } from './remove.ts';

export const COMMANDS = [matchingList, matchingAdd, matchingRemove];
