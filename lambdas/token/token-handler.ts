import middy from '@middy/core';
import { parseForm } from '../../src/access/oauth/form.ts';
import { type Granted, grantAccessToken } from '../../src/access/oauth/grant.ts';
import { OAuthError } from '../../src/access/oauth/refusal.ts';
import type { TokenServices } from '../../src/runtime/token-services.ts';
import { ScimError } from '../../src/scim/errors.ts';
import { type Exchange, headerOf, type ScimContext, type ScimEvent, type ScimResult } from '../middleware/exchange.ts';
import { observe } from '../middleware/observe.ts';
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
        return answer(200, (await grant(services, event, exchange)).answer, exchange.requestId);
      } catch (error) {
        if (!(error instanceof OAuthError)) throw error;
        Object.assign(exchange.line, { refusal: error.code, ...(error.reason && { reason: error.reason }) });
        return refuse(error, exchange.requestId);
      }
    });

async function grant({ endpoint, policyOf }: TokenServices, event: ScimEvent, exchange: Exchange): Promise<Granted> {
  const form = parseForm(bodyOf(event));
  const granted = await grantAccessToken(endpoint, { authorization: headerOf(event, 'authorization'), form }, exchange);
  exchange.principal = granted.principal;
  await requireApplication(granted.principal.application, policyOf, exchange);
  return granted;
}

/** An access token that every request would be refused with is not given out in the first place. */
async function requireApplication(application: string, policyOf: TokenServices['policyOf'], exchange: Exchange): Promise<void> {
  await policyOf(application, exchange).catch((cause: unknown) => {
    if (!(cause instanceof ScimError) || cause.kind !== 'forbidden') throw cause;
    throw new OAuthError('unauthorized_client', cause.message, { cause });
  });
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
