import * as z from 'zod/mini';
import { act, dryRun, plainText } from './fields.ts';
import { resource } from './resource-acts.ts';

/** So many events are read at once. */
const MOST_EVENTS = 1_000;
const MOST_WAIT_SECONDS = 20;

const TIME = 'must be a time in UTC, such as 2026-11-21T08:00:00Z';
const time = z.optional(z.iso.datetime(TIME));
const COUNT = `must be a whole number from 1 to ${MOST_EVENTS}`;
const WAIT = `must be a whole number of seconds from 0 to ${MOST_WAIT_SECONDS}`;
const CURSOR = 'must be the cursor of an earlier answer';

/** Which events are meant: those behind a place, or from a time on, until a time, of one resource or of one type. */
const SELECTED = {
  cursor: z.optional(z.string(CURSOR).check(z.regex(/^\d{1,15}\.\d{1,15}\.\d{1,15}$/, CURSOR))),
  since: time,
  until: time,
  type: z.optional(plainText),
  resource: z.optional(resource),
};

export const EVENT_ACTS = {
  'events.read': act('events.read', {
    ...SELECTED,
    count: z._default(z.number(COUNT).check(z.int(COUNT), z.gte(1, COUNT), z.lte(MOST_EVENTS, COUNT)), 100),
    waitSeconds: z._default(z.number(WAIT).check(z.int(WAIT), z.gte(0, WAIT), z.lte(MOST_WAIT_SECONDS, WAIT)), 0),
  }),
  'events.publish': act('events.publish', { ...SELECTED, dryRun }),
  'events.announce': act('events.announce', {
    type: z.optional(plainText),
    resource: z.optional(resource),
    cursor: z.optional(z.string(CURSOR).check(z.regex(/^[^/]{1,64}(\/removed)?\/[0-9a-f-]{36}$/, CURSOR))),
  }),
  'events.redrive': act('events.redrive', { dryRun }),
  'events.status': act('events.status', {}),
};
