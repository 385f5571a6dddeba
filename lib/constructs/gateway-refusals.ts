import { type ResponseType, type RestApi, ResponseType as Type } from 'aws-cdk-lib/aws-apigateway';

interface GatewayRefusal {
  readonly type: ResponseType;
  readonly status: number;
  readonly detail: string;
}

const AGAIN = 'The service could not answer; the same request can be sent again.';
const BUSY = 'Too many requests at once; the same request can be sent again.';
const NOT_CONFIGURED = 'The service is not set up as it should be; its operator has to look at it.';
const NO_ROUTE = 'There is nothing at this address; compare it with the Tenant URL.';
const REFUSED = 'The request was refused before it reached the service.';

/**
 * Each refusal API Gateway itself can give, with one status for the status line and the body (RFC 7644 §3.12).
 *
 * A type that is left out would fall back to DEFAULT_4XX or DEFAULT_5XX, whose template cannot know the status.
 */
export const GATEWAY_REFUSALS: readonly GatewayRefusal[] = [
  { type: Type.DEFAULT_4XX, status: 400, detail: REFUSED },
  { type: Type.BAD_REQUEST_BODY, status: 400, detail: REFUSED },
  { type: Type.BAD_REQUEST_PARAMETERS, status: 400, detail: REFUSED },
  { type: Type.UNAUTHORIZED, status: 401, detail: REFUSED },
  { type: Type.ACCESS_DENIED, status: 403, detail: REFUSED },
  { type: Type.EXPIRED_TOKEN, status: 403, detail: REFUSED },
  { type: Type.INVALID_API_KEY, status: 403, detail: REFUSED },
  { type: Type.INVALID_SIGNATURE, status: 403, detail: REFUSED },
  { type: Type.WAF_FILTERED, status: 403, detail: REFUSED },
  { type: Type.MISSING_AUTHENTICATION_TOKEN, status: 404, detail: NO_ROUTE },
  { type: Type.RESOURCE_NOT_FOUND, status: 404, detail: NO_ROUTE },
  { type: Type.REQUEST_TOO_LARGE, status: 413, detail: 'The request is larger than this endpoint takes.' },
  { type: Type.UNSUPPORTED_MEDIA_TYPE, status: 415, detail: 'Send the body as application/scim+json or application/json.' },
  { type: Type.QUOTA_EXCEEDED, status: 429, detail: BUSY },
  { type: Type.THROTTLED, status: 429, detail: BUSY },
  { type: Type.DEFAULT_5XX, status: 500, detail: AGAIN },
  { type: Type.API_CONFIGURATION_ERROR, status: 500, detail: NOT_CONFIGURED },
  { type: Type.AUTHORIZER_CONFIGURATION_ERROR, status: 500, detail: NOT_CONFIGURED },
  { type: Type.AUTHORIZER_FAILURE, status: 500, detail: AGAIN },
  { type: Type.INTEGRATION_FAILURE, status: 504, detail: AGAIN },
  { type: Type.INTEGRATION_TIMEOUT, status: 504, detail: AGAIN },
];

const RETRY_AFTER_SECONDS = 5;

/** Makes the gateway's own refusals SCIM errors, so that a client can read them like the service's. */
export function answerRefusalsInScim(api: RestApi): void {
  for (const refusal of GATEWAY_REFUSALS) {
    const { type, status } = refusal;
    api.addGatewayResponse(type.responseType, {
      type,
      statusCode: String(status),
      responseHeaders: {
        'Content-Type': "'application/scim+json'",
        ...(status === 429 || status >= 500 ? { 'Retry-After': `'${RETRY_AFTER_SECONDS}'` } : {}),
      },
      templates: templatesOf(refusal),
    });
  }
}

/** The gateway picks the template by what the client accepts, and the one for application/json for want of a better. */
function templatesOf({ status, detail }: GatewayRefusal): Record<string, string> {
  const body = JSON.stringify({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    detail: `${detail} (request $context.requestId)`,
  });
  return { 'application/json': body, 'application/scim+json': body };
}
