import * as z from 'zod/mini';

export type Answer = {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
};

const headerValue = z.union([z.string(), z.number(), z.boolean()]);

/** What a REST API takes from a function in proxy integration; anything else is a 502. */
const resultSchema = z.object({
  statusCode: z.int().check(z.gte(100), z.lte(599)),
  headers: z.optional(z.record(z.string(), headerValue)),
  multiValueHeaders: z.optional(z.record(z.string(), z.array(headerValue))),
  body: z.optional(z.string()),
  isBase64Encoded: z.optional(z.boolean()),
});

/** Turns what the function returned into the HTTP answer, or undefined when the gateway could not. */
export function toAnswer(result: unknown): Answer | undefined {
  const parsed = resultSchema.safeParse(result);
  if (!parsed.success) return undefined;
  const { statusCode, headers = {}, multiValueHeaders = {}, body = '', isBase64Encoded = false } = parsed.data;
  const single = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  const multiple = Object.entries(multiValueHeaders).flatMap(([name, values]) => values.map((value) => [name, String(value)] as const));
  return { status: statusCode, headers: [...single, ...multiple], body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') };
}

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** The gateway's own refusal, as the stack's gateway responses word it: an RFC 7644 §3.12 body. */
export function refusal(status: number, detail: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: Object.entries({ 'Content-Type': 'application/scim+json', ...headers }),
    body: Buffer.from(JSON.stringify({ schemas: [ERROR], status: String(status), detail })),
  };
}
