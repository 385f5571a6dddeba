import * as z from 'zod/mini';
import { adminAnswerSchema, createdTokenSchema, listedTokensSchema } from '../src/access/admin-answer.ts';
import type { AdminRequestInput } from '../src/access/admin-request.ts';

type Invoke = (request: AdminRequestInput) => Promise<unknown>;

const BY = 'npm start';

/** Makes a token when no live one is left, so that a fresh folder can be used at once; undefined otherwise. */
export async function firstToken(invoke: Invoke): Promise<string | undefined> {
  const { credentials } = resultOf(listedTokensSchema, await invoke({ act: 'token.list', by: BY }));
  if (credentials.some(({ status }) => status === 'live')) return undefined;
  const { token } = resultOf(createdTokenSchema, await invoke({ act: 'token.create', by: BY, name: 'first start' }));
  return token;
}

function resultOf<Schema extends z.core.$ZodType>(schema: Schema, answer: unknown): z.output<Schema> {
  const parsed = adminAnswerSchema.parse(answer);
  if (!parsed.ok) throw new TypeError(`the admin function refused: ${parsed.error.message}`);
  return z.parse(schema, parsed.result);
}
