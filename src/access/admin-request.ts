import * as z from 'zod/mini';
import { isObject, type Json } from '../scim/json.ts';
import { AdminRefusal } from './admin-refusal.ts';
import { DEFAULT_APPLICATION } from './application.ts';
import { MAX_NAME_CHARACTERS } from './credential.ts';
import { didYouMean } from './nearest-name.ts';
import { PRESET_NAMES } from './presets.ts';
import { holdsToken } from './token.ts';

const MAX_EXPIRY_DAYS = 3_650;
const DEFAULT_EXPIRY_DAYS = 365;
/** So many lines are one batch of an import. */
export const MAX_IMPORT_LINES = 1_000;

const PLAIN_TEXT = `must be text of 1 to ${MAX_NAME_CHARACTERS} characters without control characters`;
const NO_TOKEN = 'must not be a token: the log and the list of tokens would show it; a token is named by its id';
const plainText = z.string(PLAIN_TEXT).check(
  z.minLength(1, PLAIN_TEXT),
  z.maxLength(MAX_NAME_CHARACTERS, PLAIN_TEXT),
  z.regex(/^\P{Cc}*$/u, PLAIN_TEXT),
  z.refine((text) => !holdsToken(text), NO_TOKEN),
);

const EXPIRY = `must be a whole number of days from 1 to ${MAX_EXPIRY_DAYS}, or "never"`;
const expiry = z.union([z.int(EXPIRY).check(z.gte(1, EXPIRY), z.lte(MAX_EXPIRY_DAYS, EXPIRY)), z.literal('never')], EXPIRY);

const application = z._default(
  z.literal(DEFAULT_APPLICATION, `must be "${DEFAULT_APPLICATION}", the tenant's one application`),
  DEFAULT_APPLICATION,
);

const URN = 'must be a URN of 1 to 200 characters';
const urn = z.string(URN).check(z.regex(/^urn:[\x21-\x7e]{1,196}$/i, URN));
const MAX_NAME = 1_024;
const RESOURCE = `must be an id, or a name of 1 to ${MAX_NAME} characters`;
const resource = z.string(RESOURCE).check(z.minLength(1, RESOURCE), z.maxLength(MAX_NAME, RESOURCE));
const resourceType = z._default(plainText, 'User');
const dryRun = z._default(z.boolean('must be true or false'), false);

const ID = 'must be an id';
const id = z.string(ID).check(z.regex(/^[0-9a-f-]{36}$/, ID));
const PLACE = 'must be a place in an export';
/** What the last line of an export is about: the next page begins behind it. */
const place = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('resource'), type: plainText, id }),
    z.strictObject({ kind: z.literal('members'), type: plainText, id, after: z.optional(id) }),
  ],
  PLACE,
);
const LINES = `must be a list of at most ${MAX_IMPORT_LINES} lines`;

const REQUESTS = {
  'app.show': z.strictObject({ act: z.literal('app.show'), by: plainText, application }),
  'app.set': z.strictObject({
    act: z.literal('app.set'),
    by: plainText,
    application,
    preset: z.optional(z.enum(PRESET_NAMES, `must be one of ${PRESET_NAMES.join(', ')}`)),
    settings: z.optional(
      z.record(
        z.string(),
        z.custom<Json>(() => true),
        'must be an object of settings',
      ),
    ),
  }),
  'resource.removed': z.strictObject({ act: z.literal('resource.removed'), by: plainText, type: resourceType }),
  /** `resource`: the id of what was removed, or the name it had. */
  'resource.restore': z.strictObject({ act: z.literal('resource.restore'), by: plainText, type: resourceType, resource }),
  'directory.export': z.strictObject({
    act: z.literal('directory.export'),
    by: plainText,
    after: z.optional(place),
    /** The first line of the file that is gone on with. */
    header: z.optional(z.string('must be the first line of an export')),
  }),
  'directory.import': z.strictObject({
    act: z.literal('directory.import'),
    by: plainText,
    /** The first line of the file, with every batch of the others. */
    header: z.string('must be the first line of an export'),
    lines: z.readonly(z.array(z.string('must be a line of an export'), LINES).check(z.maxLength(MAX_IMPORT_LINES, LINES))),
    /** Which line of the file the first of them is. */
    firstLine: z._default(z.int('must be the number of a line').check(z.gte(1)), 1),
    onConflict: z._default(z.enum(['fail', 'skip', 'replace'], 'must be "fail", "skip" or "replace"'), 'fail'),
    dryRun,
  }),
  'schema.apply': z.strictObject({
    act: z.literal('schema.apply'),
    by: plainText,
    /** A Schema, a ResourceType, a list of them, or a ListResponse. */
    document: z.custom<Json>((value) => value !== undefined, 'must be the JSON of a schema file'),
    extends: z.optional(plainText),
    endpoint: z.optional(plainText),
    required: z.optional(z.boolean('must be true or false')),
    dryRun,
  }),
  'schema.list': z.strictObject({ act: z.literal('schema.list'), by: plainText }),
  'schema.show': z.strictObject({ act: z.literal('schema.show'), by: plainText, schema: urn }),
  'schema.remove': z.strictObject({ act: z.literal('schema.remove'), by: plainText, schema: urn, dryRun }),
  'token.create': z.strictObject({
    act: z.literal('token.create'),
    by: plainText,
    application,
    name: z.optional(plainText),
    expiresInDays: z._default(expiry, DEFAULT_EXPIRY_DAYS),
    scope: z._default(z.enum(['full', 'read'], 'must be "full" or "read"'), 'full'),
  }),
  'token.list': z.strictObject({ act: z.literal('token.list'), by: plainText }),
  'token.revoke': z.strictObject({ act: z.literal('token.revoke'), by: plainText, credential: plainText }),
};

const adminRequestSchema = z.discriminatedUnion('act', [
  REQUESTS['app.show'],
  REQUESTS['app.set'],
  REQUESTS['resource.removed'],
  REQUESTS['resource.restore'],
  REQUESTS['directory.export'],
  REQUESTS['directory.import'],
  REQUESTS['schema.apply'],
  REQUESTS['schema.list'],
  REQUESTS['schema.show'],
  REQUESTS['schema.remove'],
  REQUESTS['token.create'],
  REQUESTS['token.list'],
  REQUESTS['token.revoke'],
]);

/** An administrative act as it is asked for; `by` is whoever the caller says it is. */
export type AdminRequest = z.output<typeof adminRequestSchema>;
/** The same as a caller writes it, without what has a default. */
export type AdminRequestInput = z.input<typeof adminRequestSchema>;
export type AdminAct = AdminRequest['act'];
export type RequestOf<Act extends AdminAct> = Extract<AdminRequest, { readonly act: Act }>;

/** @throws {AdminRefusal} naming each act, key or value that is not known, and what would be right. */
export function parseAdminRequest(request: unknown): AdminRequest {
  const parsed = adminRequestSchema.safeParse(request);
  if (parsed.success) return parsed.data;
  const act = isObject(request) ? request['act'] : undefined;
  if (!isAct(act)) throw new AdminRefusal(`unknown act ${quote(act)}${didYouMean(String(act), Object.keys(REQUESTS))}`);
  throw new AdminRefusal(parsed.error.issues.flatMap((issue) => explain(issue, act)).join('\n'));
}

const isAct = (act: unknown): act is AdminAct => typeof act === 'string' && Object.hasOwn(REQUESTS, act);

const explain = (issue: z.core.$ZodIssue, act: AdminAct): readonly string[] =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => `unknown key ${quote(key)} of ${act}${didYouMean(key, Object.keys(REQUESTS[act].shape))}`)
    : [`${issue.path.join('.')} of ${act} ${issue.message}`];

const quote = (value: unknown): string => JSON.stringify(value)?.slice(0, MAX_NAME_CHARACTERS) ?? 'undefined';
