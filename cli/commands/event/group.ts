import type { Command } from '../../command.ts';
import { eventsAnnounce } from './announce.ts';
import { eventsRedrive } from './redrive.ts';
import { eventsReplay } from './replay.ts';
import { eventsStatus } from './status.ts';
import { eventsTail } from './tail.ts';

export const COMMANDS: readonly Command[] = [eventsTail, eventsReplay, eventsAnnounce, eventsRedrive, eventsStatus];
