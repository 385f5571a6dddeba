import * as z from 'zod/mini';

const headers = z.record(z.string(), z.nullable(z.string()));
const json = z.record(z.string(), z.unknown());

const exchangeSchema = z.strictObject({
  /** What a reader could not tell from the request. */
  why: z.optional(z.string()),
  request: z.strictObject({
    method: z.string(),
    /** Below the Tenant URL, or a whole URL; sent as it stands. */
    path: z.string(),
    /** Encoded and put behind the path. */
    query: z.optional(z.record(z.string(), z.string())),
    /** null takes a header away that is sent otherwise. */
    headers: z.optional(headers),
    body: z.optional(json),
    /** In place of `body`: sent as it stands. */
    text: z.optional(z.string()),
  }),
  response: z.strictObject({
    status: z.union([z.int(), z.array(z.int())]),
    headers: z.optional(json),
    /** What the client relies on; not looked at when the answer has no body, as 204 to a PATCH. */
    body: z.optional(json),
    empty: z.optional(z.literal(true)),
  }),
  /** Name by which later exchanges refer to a part of this answer's body, with the dotted path of it. */
  capture: z.optional(z.record(z.string(), z.string())),
});

/** What one client sends and what it relies on in the answers: one behaviour, or one deviation, a file. */
export const conversationSchema = z.strictObject({
  title: z.string(),
  client: z.string(),
  /** Where it is documented or was recorded. */
  source: z.string().check(z.minLength(1)),
  /** Sent with every request of this conversation. */
  headers: z.optional(headers),
  /** Files of examples/schemas that were applied before it begins. */
  schemas: z.optional(z.array(z.string()).check(z.minLength(1))),
  /** Settings the application has, by name. */
  settings: z.optional(z.record(z.string(), z.string())),
  /** Resources that are there before it begins; `as` names the id. */
  given: z.optional(z.array(z.strictObject({ as: z.string(), endpoint: z.string(), resource: json }))),
  exchanges: z.array(exchangeSchema).check(z.minLength(1)),
});

export type Conversation = z.output<typeof conversationSchema>;
export type Exchange = Conversation['exchanges'][number];

export type Names = ReadonlyMap<string, string>;

/** Puts the named ids in place of `{{name}}`, wherever a text holds one. */
export function fillIn<Value>(value: Value, names: Names): Value {
  const filled = JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? fillInText(part, names) : part));
  return JSON.parse(filled);
}

const fillInText = (text: string, names: Names): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => {
    const value = names.get(name);
    if (value === undefined) throw new TypeError(`nothing before this exchange is called {{${name}}}`);
    return value;
  });
