import * as z from 'zod/mini';

/** A resource as a client would see it in full. */
const resource = z.readonly(z.record(z.string(), z.unknown()));
/** Under the vendor's own names, where an application maps attributes to these. */
const profile = z.optional(resource);
const list = <Element extends z.core.$ZodType>(element: Element) => z.readonly(z.array(element));
const optionalText = z.optional(z.string());

const listedResource = z.readonly(
  z.object({
    id: z.string(),
    /** `userName`, `displayName`, or whatever people know such a resource by. */
    name: optionalText,
    /** Its `active` is false, or it is kept. */
    isDisabled: z.boolean(),
    /** It was removed at this time by this application, is hidden from clients, and kept without end. */
    kept: z.optional(z.readonly(z.object({ at: z.string(), by: z.string() }))),
    /** Key of the application that created it. */
    createdBy: z.string(),
    created: z.string(),
    lastModified: z.string(),
    profile,
    resource,
  }),
);
export type ListedResource = z.output<typeof listedResource>;

export const listedResourcesSchema = z.readonly(
  z.object({
    type: z.string(),
    resources: list(listedResource),
    /** How many match in all, without those that are kept; absent where only a walk through all of them could tell. */
    total: z.optional(z.number()),
    /** Where the next page begins; absent where there is none. */
    cursor: optionalText,
  }),
);
export type ListedResources = z.output<typeof listedResourcesSchema>;

const membership = z.readonly(z.object({ id: z.string(), name: optionalText, isIndirect: z.optional(z.boolean()), display: optionalText }));

const lastChange = z.readonly(z.object({ requestId: z.string(), application: z.string(), at: z.string(), paths: list(z.string()) }));

/** Everything that is held about one resource, but the members of a group. */
export const shownResourceSchema = z.readonly(
  z.object({
    type: z.string(),
    id: z.string(),
    name: optionalText,
    isDisabled: z.boolean(),
    /** It was removed: at this time, by this application, and it can be restored until then, or without end. */
    removed: z.optional(z.readonly(z.object({ at: z.string(), by: z.string(), until: optionalText }))),
    createdBy: z.string(),
    /** What each application calls it. */
    externalIds: z.readonly(z.record(z.string(), z.string())),
    /** Of a removed one, those that come back with it. */
    groups: list(membership),
    lastChange: z.optional(lastChange),
    profile,
    /** Credentials for which `/Me` stands for it. */
    me: list(z.readonly(z.object({ application: z.string(), credential: z.string() }))),
    resource,
  }),
);
export type ShownResource = z.output<typeof shownResourceSchema>;

const member = z.readonly(z.object({ id: z.string(), type: z.string(), name: optionalText, display: optionalText }));
export type ListedMember = z.output<typeof member>;

export const listedMembersSchema = z.readonly(
  z.object({
    id: z.string(),
    name: optionalText,
    members: list(member),
    /** The id behind which the next page begins; absent where there is none. */
    after: optionalText,
  }),
);
export type ListedMembers = z.output<typeof listedMembersSchema>;

export const changedResourceSchema = z.readonly(
  z.object({ type: z.string(), id: z.string(), name: optionalText, isChanged: z.boolean(), until: optionalText }),
);
export type ChangedResource = z.output<typeof changedResourceSchema>;

export const purgedSchema = z.readonly(
  z.object({
    type: z.string(),
    id: z.string(),
    /** Known as long as the resource, or what was kept of it, is there. */
    name: optionalText,
    state: z.enum(['there', 'removed', 'gone']),
    dryRun: z.boolean(),
    isComplete: z.boolean(),
    /** Where to go on, behind what was looked through. */
    after: optionalText,
    items: z.number(),
    erased: z.number(),
    passing: z.number(),
    mentionedBy: list(z.string()),
  }),
);
export type Purged = z.output<typeof purgedSchema>;
