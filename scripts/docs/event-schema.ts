import * as z from 'zod';
import { eventSchema } from '../../src/directory/feed/event-schema.ts';

const DESCRIPTION =
  'One event of the change feed, by its type. Types and properties may be added: pass over those you do not know. None is ever taken away or given another meaning.';

/** What follows from the rest, or is our own affair: a reader takes properties it does not know. */
const UNTOLD = ['additionalProperties', 'readOnly', 'pattern', 'maximum', 'propertyNames'] as const;

/** Renders what programs may rely on of an event. */
export function renderEventSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(eventSchema(), {
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      for (const name of UNTOLD) delete jsonSchema[name];
    },
  });
  return `${JSON.stringify({ $schema, title: 'Change event', description: DESCRIPTION, ...schema }, null, 2)}\n`;
}
