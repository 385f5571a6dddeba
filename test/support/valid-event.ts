import * as z from 'zod';
import { eventSchema } from '../../src/directory/feed/event-schema.ts';

/** Says what keeps an event from being one that this system may tell; nothing when it is one. */
export function faultsOf(event: unknown): readonly string[] {
  const parsed = eventSchema().safeParse(JSON.parse(JSON.stringify(event)));
  return parsed.success ? [] : [z.prettifyError(parsed.error)];
}
