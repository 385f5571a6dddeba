import type { JsonObject } from '../../src/scim/json.ts';
import { component } from './component.ts';

const TEXT: JsonObject = { type: 'string' };

/** The form of a token request (RFC 6749 §4.4.2, RFC 7523 §2.2), the answer, and the refusal. */
export const tokenSchemas: JsonObject = {
  TokenRequest: {
    description: 'A secret or an assertion; id and secret may come in a Basic header instead.',
    type: 'object',
    required: ['grant_type'],
    properties: {
      grant_type: { const: 'client_credentials' },
      client_id: TEXT,
      client_secret: TEXT,
      client_assertion_type: { const: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' },
      client_assertion: TEXT,
      scope: TEXT,
    },
  },
  TokenResponse: {
    type: 'object',
    required: ['access_token', 'token_type', 'expires_in', 'scope'],
    additionalProperties: false,
    properties: {
      access_token: TEXT,
      token_type: { const: 'Bearer' },
      expires_in: { type: 'integer', minimum: 0, maximum: 21_600 },
      scope: { enum: ['full', 'read', 'events'] },
    },
  },
  TokenError: {
    type: 'object',
    required: ['error', 'error_description'],
    additionalProperties: false,
    properties: {
      error: {
        enum: [
          'invalid_request',
          'invalid_client',
          'unauthorized_client',
          'unsupported_grant_type',
          'temporarily_unavailable',
          'server_error',
        ],
      },
      error_description: TEXT,
    },
  },
};

const answer = (description: string, schema: string): JsonObject => ({
  description,
  headers: { 'X-Request-Id': component('headers/RequestId') },
  content: { 'application/json': { schema: component(`schemas/${schema}`) } },
});

/** The token endpoint (RFC 6749 §3.2), which is asked without a bearer token. */
export const tokenPath: JsonObject = {
  '/oauth2/token': {
    post: {
      operationId: 'requestToken',
      tags: ['OAuth 2.0'],
      summary: 'Exchange a client secret or an assertion for an access token.',
      security: [],
      requestBody: {
        required: true,
        content: { 'application/x-www-form-urlencoded': { schema: component('schemas/TokenRequest') } },
      },
      responses: {
        200: answer('An access token.', 'TokenResponse'),
        400: answer('The request cannot be understood, or the application is disabled.', 'TokenError'),
        401: answer('The client is not accepted.', 'TokenError'),
        405: answer('The method is not POST.', 'TokenError'),
        413: answer('The form is too long.', 'TokenError'),
        500: answer('A bug: report it.', 'TokenError'),
        503: answer('Send it again, after Retry-After.', 'TokenError'),
      },
    },
  },
};
