import type { JsonObject } from '../../src/scim/json.ts';
import { component } from './component.ts';
import { refusals } from './refusals.ts';

const TEXT: JsonObject = { type: 'string' };

export const eventSchemas: JsonObject = {
  EventPage: {
    type: 'object',
    required: ['phase', 'events', 'nextCursor', 'isUpToDate'],
    additionalProperties: false,
    properties: {
      phase: { enum: ['snapshot', 'changes'] },
      events: { type: 'array', maxItems: 1_000, items: component('schemas/Event') },
      nextCursor: TEXT,
      isUpToDate: { type: 'boolean' },
    },
  },
  Event: {
    description: 'What happened to a resource. Others may be added to its members, and to the types of events.',
    type: 'object',
    required: ['id', 'type', 'tenant', 'resourceType', 'resourceId', 'version', 'part', 'time'],
    properties: {
      id: TEXT,
      type: { type: 'string', examples: ['user.created', 'members.added'] },
      tenant: TEXT,
      application: TEXT,
      resourceType: TEXT,
      resourceId: { type: 'string', format: 'uuid' },
      version: { type: 'integer', minimum: 1 },
      part: { type: 'integer', minimum: 0 },
      time: { type: 'string', format: 'date-time' },
      requestId: TEXT,
      paths: { type: 'array', items: TEXT },
      active: { type: 'boolean' },
      profile: { type: 'object' },
      profileOmitted: { const: true },
      members: { type: 'array', maxItems: 200, items: { type: 'string', format: 'uuid' } },
    },
  },
};

const parameter = (name: string, description: string, schema: JsonObject): JsonObject => ({ name, in: 'query', description, schema });

/** What tells an application of the vendor's what happens. */
export const eventsPath: JsonObject = {
  '/events': {
    get: {
      operationId: 'readEvents',
      tags: ['Events'],
      summary: 'Read what there is, and then what happens to it; with a credential of scope `events`.',
      parameters: [
        parameter('cursor', '`nextCursor` of the page before; left out or empty to begin with a snapshot.', TEXT),
        parameter('from', 'Begin without a snapshot, with what happens from now on.', { const: 'now' }),
        parameter('since', 'Begin without a snapshot, with what was written down at this time or later.', {
          type: 'string',
          format: 'date-time',
        }),
        parameter('count', 'Events on the page at most.', { type: 'integer', minimum: 1, maximum: 1_000, default: 100 }),
        parameter('wait', 'Seconds to wait if there is nothing new.', { type: 'integer', minimum: 0, maximum: 20, default: 0 }),
      ],
      responses: {
        200: {
          description: 'A page of events.',
          headers: { 'X-Request-Id': component('headers/RequestId') },
          content: { 'application/json': { schema: component('schemas/EventPage') } },
        },
        ...refusals('expiredCursor'),
      },
    },
  },
};
