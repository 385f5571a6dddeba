import middy from '@middy/core';
import { parseForm } from '../../src/access/oauth/form.ts';
import { grantAccessToken } from '../../src/access/oauth/grant.ts';
import { OAuthError } from '../../src/access/oauth/refusal.ts';
import type { Principal } from '../../src/access/principal.ts';
import type { TokenServices } from '../../src/runtime/token-services.ts';
import { ScimError } from '../../src/scim/errors.ts';
import { type Exchange, headerOf, type ScimContext, type ScimEvent, type ScimResult } from '../middleware/exchange.ts';
import { observe } from '../middleware/observe.ts';
import { requireSender } from '../middleware/sender.ts';
import { answer, refuse } from './answer.ts';

/** observe → refuse → grant. */
export const tokenHandler = (services: TokenServices) =>
  middy<ScimEvent, ScimResult, Error, ScimContext>()
    .use(observe(services))
    .use({
      onError: (request) => {
        request.response = refuse(request.error, request.context.exchange.requestId);
      },
    })
    .handler(async (event, { exchange }) => {
      Object.assign(exchange.line, { route: '/oauth2/token', operation: 'token' });
      try {
        return answer(200, await grant(services, event, exchange), exchange.requestId);
      } catch (error) {
        if (!(error instanceof OAuthError)) throw error;
        Object.assign(exchange.line, { refusal: error.code, ...(error.reason && { reason: error.reason }) });
        return refuse(error, exchange.requestId);
      }
    });

function grant({ endpoint, policyOf }: TokenServices, event: ScimEvent, exchange: Exchange) {
  const admit = async (principal: Principal): Promise<void> => {
    exchange.principal = principal;
    await requireAdmission(policyOf, event, exchange, principal);
  };
  const form = parseForm(bodyOf(event));
  return grantAccessToken(endpoint, { authorization: headerOf(event, 'authorization'), form, admit }, exchange);
}

/**
 * An access token that every request from here would be refused with is not given out in the first place.
 *
 * @throws {OAuthError} unauthorized_client — the application is gone or disabled, or takes no requests from this address
 */
async function requireAdmission(
  policyOf: TokenServices['policyOf'],
  event: ScimEvent,
  exchange: Exchange,
  { application }: Principal,
): Promise<void> {
  try {
    requireSender(await policyOf(application, exchange), event, exchange);
  } catch (cause) {
    if (!(cause instanceof ScimError)) throw cause;
    if (cause.kind === 'addressNotAllowed') throw new OAuthError('unauthorized_client', cause.message, { reason: cause.kind, cause });
    if (cause.kind === 'forbidden') throw new OAuthError('unauthorized_client', cause.message, { cause });
    throw cause;
  }
}

const FORM = 'application/x-www-form-urlencoded';

/** @throws {OAuthError} invalid_request — it is no form that was posted */
function bodyOf(event: ScimEvent): string {
  if (event.httpMethod !== 'POST') {
    throw new OAuthError('invalid_request', 'The token endpoint takes POST.', { status: 405, headers: { Allow: 'POST' } });
  }
  const mediaType = headerOf(event, 'content-type')?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== FORM) throw new OAuthError('invalid_request', `Send the body as ${FORM}.`);
  const body = event.body ?? '';
  return event.isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
}
