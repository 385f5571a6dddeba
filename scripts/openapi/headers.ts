import { REFUSALS } from '../../src/scim/errors.ts';
import type { JsonObject } from '../../src/scim/json.ts';

/** Headers of answers, by the names they have in the document. */
export const headers: Readonly<Record<string, JsonObject>> = {
  ETag: {
    description: 'The version of the resource, as in `meta.version`.',
    required: true,
    schema: { type: 'string', pattern: '^W/"[1-9][0-9]*"$' },
  },
  Location: { description: 'Where the resource is.', required: true, schema: { type: 'string', format: 'uri' } },
  RequestId: {
    description: 'Identifies the request in the log. An answer that API Gateway gives by itself has none.',
    schema: { type: 'string', format: 'uuid' },
  },
  Allow: { description: 'The methods this endpoint takes.', required: true, schema: { type: 'string' } },
  RetryAfter: { description: 'Seconds to wait.', required: true, schema: { type: 'integer', minimum: 1 } },
  WWWAuthenticate: {
    description: 'API Gateway passes it on as `x-amzn-Remapped-WWW-Authenticate`.',
    schema: { const: REFUSALS.unauthorized.headers['WWW-Authenticate'] },
  },
};
