import * as z from 'zod/mini';

/** An event as far as this version shows it; what a newer one adds is handed on. */
const toldEventSchema = z.looseObject({
  id: z.string(),
  type: z.string(),
  application: z.optional(z.string()),
  resourceType: z.string(),
  resourceId: z.string(),
  version: z.number(),
  part: z.number(),
  time: z.string(),
  requestId: z.optional(z.string()),
  paths: z.optional(z.array(z.string())),
  active: z.optional(z.boolean()),
  members: z.optional(z.array(z.string())),
});

export type ToldEvent = z.output<typeof toldEventSchema>;

/** Where to go on, and what is known there. */
const PROGRESS = {
  cursor: z.string(),
  /** There is nothing more for now. */
  isEnd: z.boolean(),
  /** Events between have expired. */
  hasGap: z.boolean(),
};

export const toldEventsSchema = z.object({
  events: z.array(toldEventSchema),
  ...PROGRESS,
  /** Whose events these are, where they were asked for by a name. */
  resourceId: z.optional(z.string()),
});
export type ToldEvents = z.output<typeof toldEventsSchema>;

export const publishedEventsSchema = z.object({
  dryRun: z.boolean(),
  /** So many were sent, or would have been. */
  published: z.number(),
  ...PROGRESS,
  resourceId: z.optional(z.string()),
});
export type PublishedEvents = z.output<typeof publishedEventsSchema>;

export const announcedResourcesSchema = z.object({
  /** So many will be told of. */
  announced: z.number(),
  /** Where to go on; absent at the end. */
  cursor: z.optional(z.string()),
});
export type AnnouncedResources = z.output<typeof announcedResourcesSchema>;

export const redrivenSchema = z.object({
  dryRun: z.boolean(),
  /** How many went back, or would have, by the kind of work they ask for. */
  moved: z.record(z.string(), z.number()),
  /** Messages that are not for this service: they stay. */
  strange: z.number(),
  /** There are no others. */
  isDone: z.boolean(),
});
export type Redriven = z.output<typeof redrivenSchema>;

/** How many events there are of a timespan; `isMore`: no more were counted. */
const countedSchema = z.object({ events: z.number(), isMore: z.boolean() });

export const feedStatusSchema = z.object({
  /** ISO 8601 in UTC, by the clock of the function. */
  now: z.string(),
  /** Where the log ends. */
  cursor: z.string(),
  /** When something was last written down; absent where nothing is left. */
  lastAt: z.optional(z.string()),
  lastHour: countedSchema,
  lastDay: countedSchema,
  /** Messages that were put aside. */
  deadLetters: z.number(),
  values: z.string(),
  retentionDays: z.number(),
  /** Absent where there is none. */
  bus: z.optional(z.string()),
});
export type FeedStatus = z.output<typeof feedStatusSchema>;
