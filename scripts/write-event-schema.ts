/** Writes the JSON Schema of events, after a change of their form: `node scripts/write-event-schema.ts`. */
import { writeFileSync } from 'node:fs';
import { renderEventSchema } from './docs/event-schema.ts';

writeFileSync(new URL('../docs/reference/events.schema.json', import.meta.url), renderEventSchema());
