import * as z from 'zod/mini';
import { isObject, type JsonObject } from '../../scim/json.ts';
import type { Member, StoredResource } from '../resource.ts';

/** What the first line of a file says it is. */
const FORMAT = 'serverless-scim directory';
const FORMAT_VERSION = 1;

/** Memberships are lines of their own, with at most so many: a group has no bound. */
export const MEMBERS_IN_LINE = 1_000;

const MAX_KEY_CHARACTERS = 64;
const MAX_TEXT_CHARACTERS = 4_096;

const ID = 'must be a UUID in lower case';
const id = z.string(ID).check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, ID));

const TEXT = `must be well-formed text of at most ${MAX_TEXT_CHARACTERS} characters`;
const text = z.string(TEXT).check(
  z.maxLength(MAX_TEXT_CHARACTERS, TEXT),
  z.refine((value) => value.isWellFormed() && !value.includes('\0'), TEXT),
);

const KEY = `must be text of 1 to ${MAX_KEY_CHARACTERS} characters without control characters`;
const key = z.string(KEY).check(
  z.regex(/^\P{Cc}{1,64}$/u, KEY),
  z.refine((value) => value.isWellFormed(), KEY),
);

const INSTANT = 'must be an instant such as "2026-01-31T12:00:00.000Z"';
const instant = z.string(INSTANT).check(
  z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, INSTANT),
  z.refine((value) => !Number.isNaN(Date.parse(value)), INSTANT),
);

const VERSION = 'must be a whole number from 1';
const version = z.int(VERSION).check(z.gte(1, VERSION));

const REPLACED = 'must be a whole number';
const replaced = z.int(REPLACED).check(z.gte(0, REPLACED));

const object = z.custom<JsonObject>(isObject, 'must be an object');

const headerLine = z.strictObject({
  format: z.literal(FORMAT, `must be "${FORMAT}"`),
  version: z.literal(FORMAT_VERSION, `must be ${FORMAT_VERSION}: a later version than this one made the file`),
  schemas: object,
});

const resourceLine = z.strictObject({
  kind: z.literal('resource'),
  type: key,
  id,
  version,
  nameVersion: z.optional(version),
  created: instant,
  lastModified: instant,
  createdBy: key,
  createdAs: z.optional(key),
  externalIds: z.record(key, text, 'must be an object of texts'),
  attributes: object,
  /** Of a line that was made by comparing: the version that may be replaced by it; 0 where there may be none. */
  replaces: z.optional(replaced),
});

const member = z.strictObject({ value: id, type: key, display: z.optional(text) }, 'must be a member with "value" and "type"');

const MEMBERS = `must be a list of at most ${MEMBERS_IN_LINE} members`;
const membersLine = z.strictObject({
  kind: z.literal('members'),
  type: key,
  group: id,
  /** The group's, so that an import can tell whether it is the same group. */
  lastModified: instant,
  /** The members are all that come behind this one, up to the last of them, or with `isLast` all that come at all. */
  after: z.optional(id),
  members: z.array(member, MEMBERS).check(z.maxLength(MEMBERS_IN_LINE, MEMBERS)),
  isLast: z.boolean('must be true or false'),
});

const COUNT = 'must be a whole number';
const count = z.int(COUNT).check(z.gte(0, COUNT));
const endLine = z.strictObject({
  kind: z.literal('end'),
  resources: z.record(key, count, 'must be an object of numbers'),
  memberships: count,
});

const LINES = { resource: resourceLine, members: membersLine, end: endLine };

export type HeaderLine = z.output<typeof headerLine>;
export type ResourceLine = z.output<typeof resourceLine>;
export type MembersLine = z.output<typeof membersLine>;
export type EndLine = z.output<typeof endLine>;
export type Line = ResourceLine | MembersLine | EndLine;

export type Read<Value> = { readonly line: Value } | { readonly fault: string };

export const readHeader = (value: unknown): Read<HeaderLine> => read(headerLine, value);

export function readLine(value: unknown): Read<Line> {
  const kind = isObject(value) ? value['kind'] : undefined;
  if (kind !== 'resource' && kind !== 'members' && kind !== 'end') return { fault: 'kind must be "resource", "members" or "end"' };
  return read<Line>(LINES[kind], value);
}

function read<Value>(schema: z.ZodMiniType<Value>, value: unknown): Read<Value> {
  const parsed = schema.safeParse(value);
  return parsed.success ? { line: parsed.data } : { fault: parsed.error.issues.map(explain).join('; ') };
}

const explain = (issue: z.core.$ZodIssue): string =>
  issue.code === 'unrecognized_keys'
    ? 'there are members that this version does not know'
    : `${issue.path.filter(isOfOurs).join('.') || 'the line'} ${issue.message}`;

/** A key of an object in the file may be anything, and is not repeated. */
const isOfOurs = (step: PropertyKey): boolean => typeof step === 'number' || /^[a-zA-Z]{1,20}$/.test(String(step));

export const printHeader = (schemas: JsonObject): string => JSON.stringify({ format: FORMAT, version: FORMAT_VERSION, schemas });

/** The order of the members is part of the form: the same directory makes the same bytes. */
export function printResource(resource: StoredResource): string {
  const { type, id: own, version: current, nameVersion, created, lastModified, createdBy, createdAs, externalIds, attributes } = resource;
  const line: ResourceLine = {
    kind: 'resource',
    type,
    id: own,
    version: current,
    ...(nameVersion !== undefined && { nameVersion }),
    created,
    lastModified,
    createdBy,
    ...(createdAs !== undefined && { createdAs }),
    externalIds,
    attributes,
  };
  return JSON.stringify(line);
}

export function printMembers(
  { type, id: group, lastModified }: Pick<StoredResource, 'type' | 'id' | 'lastModified'>,
  after: string | undefined,
  members: readonly Member[],
  isLast: boolean,
): string {
  return JSON.stringify({ kind: 'members', type, group, lastModified, ...(after !== undefined && { after }), members, isLast });
}

export const printEnd = ({ resources, memberships }: Omit<EndLine, 'kind'>): string =>
  JSON.stringify({ kind: 'end', resources, memberships });
