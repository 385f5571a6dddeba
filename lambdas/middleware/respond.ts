import { answerBytes, MAX_ANSWER_BYTES } from '../../src/directory/answer-size.ts';
import { ScimError } from '../../src/scim/errors.ts';
import { errorBody } from '../../src/scim/messages.ts';
import type { ScimAnswer, ScimResult } from './exchange.ts';

/** API Gateway would call an answer without a content type `application/json`, so even an empty one says what it is. */
const HEADERS = { 'Content-Type': 'application/scim+json', 'Cache-Control': 'no-store' };

/** @throws {ScimError} tooLarge — it is more than one answer can carry */
export function respond({ status, headers, body }: ScimAnswer, requestId: string): ScimResult {
  const text = body === undefined ? '' : JSON.stringify(body);
  if (answerBytes(text) > MAX_ANSWER_BYTES) throw tooLarge();
  return { statusCode: status, headers: { ...HEADERS, 'X-Request-Id': requestId, ...headers }, body: text };
}

const tooLarge = (): ScimError =>
  new ScimError(
    'tooLarge',
    'The answer would be larger than 6 MB: ask for less, with excludedAttributes=members. If the request was a change, it is made.',
  );

/** Turns whatever was thrown into the answer of RFC 7644 §3.12; only a `ScimError` speaks to the client. */
export function refuse(error: unknown, requestId: string): ScimResult {
  if (error instanceof ScimError) {
    return respond({ status: error.status, headers: error.headers, body: errorBody(error, requestId) }, requestId);
  }
  return respond({ status: 500, body: errorBody(UNEXPECTED, requestId) }, requestId);
}

/** What a client learns of an error that was not meant for it. */
export const UNEXPECTED = { status: 500, scimType: undefined, message: 'The server met an unexpected condition.' };
