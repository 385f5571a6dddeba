import * as z from 'zod/mini';

const namedSchema = z.object({ value: z.string() });

/** What the benches read of a body, whichever message it is. */
const bodySchema = z.object({
  id: z.optional(z.string()),
  userName: z.optional(z.string()),
  displayName: z.optional(z.string()),
  title: z.optional(z.string()),
  active: z.optional(z.boolean()),
  members: z.optional(z.array(namedSchema)),
  groups: z.optional(z.array(namedSchema)),
  totalResults: z.optional(z.number()),
  nextCursor: z.optional(z.string()),
  Resources: z.optional(z.array(z.object({ id: z.string(), title: z.optional(z.string()), groups: z.optional(z.array(namedSchema)) }))),
  detail: z.optional(z.string()),
  scimType: z.optional(z.string()),
});

type Body = z.output<typeof bodySchema>;

export type Answer = {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Body;
};

export const answerOf = (status: number, headers: Answer['headers'], text: string): Answer => ({
  status,
  headers,
  body: text === '' ? {} : bodySchema.parse(JSON.parse(text)),
});

export const isSuccess = ({ status }: Pick<Answer, 'status'>): boolean => status >= 200 && status < 300;
