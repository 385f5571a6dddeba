import { ScimError } from '../../src/scim/errors.ts';
import { errorBody } from '../../src/scim/messages.ts';
import type { ScimAnswer, ScimResult } from './exchange.ts';

/** API Gateway would call an answer without a content type `application/json`, so even an empty one says what it is. */
const HEADERS = { 'Content-Type': 'application/scim+json', 'Cache-Control': 'no-store' };

export const respond = ({ status, headers, body }: ScimAnswer, requestId: string): ScimResult => ({
  statusCode: status,
  headers: { ...HEADERS, 'X-Request-Id': requestId, ...headers },
  body: body === undefined ? '' : JSON.stringify(body),
});

/** Turns whatever was thrown into the answer of RFC 7644 §3.12; only a `ScimError` speaks to the client. */
export function refuse(error: unknown, requestId: string): ScimResult {
  if (error instanceof ScimError) {
    return respond({ status: error.status, headers: error.headers, body: errorBody(error, requestId) }, requestId);
  }
  return respond({ status: 500, body: errorBody(UNEXPECTED, requestId) }, requestId);
}

const UNEXPECTED = { status: 500, scimType: undefined, message: 'The server met an unexpected condition.' };
