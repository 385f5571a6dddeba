import * as z from 'zod/mini';
import type { RequestOf } from './admin-request.ts';
import { type Administered, type Administration, eventOf } from './administration.ts';
import { hashIdentifier } from './identifier-key.ts';

/** What stands for an identifier in the log; null where no line was ever hashed. */
export const identifiedSchema = z.readonly(z.object({ hash: z.nullable(z.string()) }));
export type Identified = z.output<typeof identifiedSchema>;

/** Tells what an identifier is in lines that do not name people, also of the time before or after they did. The key stays here. */
export async function identify(
  { credentials, now }: Administration,
  request: RequestOf<'audit.identify'>,
): Promise<Administered<Identified>> {
  const { identifierKey } = await credentials.readCredentials();
  const hash = identifierKey === undefined ? null : hashIdentifier(identifierKey, request.identifier);
  return { result: { hash }, event: eventOf(request, new Date(now())) };
}
