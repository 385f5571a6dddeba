import { OAuthError } from '../../src/access/oauth/refusal.ts';
import { ScimError } from '../../src/scim/errors.ts';
import type { JsonObject } from '../../src/scim/json.ts';
import type { ScimResult } from '../middleware/exchange.ts';

/** RFC 6749 §5.1. */
const HEADERS = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', Pragma: 'no-cache' };

export const answer = (
  status: number,
  body: JsonObject,
  requestId: string,
  headers: Readonly<Record<string, string>> = {},
): ScimResult => ({
  statusCode: status,
  headers: { ...HEADERS, 'X-Request-Id': requestId, ...headers },
  body: JSON.stringify(body),
});

/** Turns whatever was thrown into the answer of RFC 6749 §5.2. */
export function refuse(error: unknown, requestId: string): ScimResult {
  const { code, message, status, headers } = asOAuthError(error);
  return answer(status, { error: code, error_description: `${message} (request ${requestId})` }, requestId, headers);
}

type Refusal = Pick<OAuthError, 'message' | 'status' | 'headers'> & { readonly code: string };

/** Vault and table refuse in SCIM's words; anything else was not meant for the client. */
function asOAuthError(error: unknown): Refusal {
  if (error instanceof OAuthError) return error;
  if (!(error instanceof ScimError))
    return { code: 'server_error', message: 'The server met an unexpected condition.', status: 500, headers: {} };
  return {
    code: error.kind === 'unavailable' ? 'temporarily_unavailable' : 'invalid_request',
    message: error.message,
    status: error.status,
    headers: error.headers,
  };
}
