import type { MiddlewareObj } from '@middy/core';
import { authorise, type Operation } from '../../src/access/authorise.ts';
import type { HttpServices } from '../../src/runtime/services.ts';
import { MAX_BODY_BYTES, parseJsonBody } from '../../src/scim/body.ts';
import { ScimError } from '../../src/scim/errors.ts';
import { headerOf, type ScimContext, type ScimEvent, type ScimResult } from './exchange.ts';
import { locate } from './location.ts';
import { resolveMe } from './me.ts';
import { requireSender } from './sender.ts';
import { findTarget, isDiscovery, requireMethod, type Target } from './target.ts';

type Gate = MiddlewareObj<ScimEvent, ScimResult, Error, ScimContext>;

const WITH_BODY = ['POST', 'PUT', 'PATCH'];
const MEDIA_TYPES = ['application/scim+json', 'application/json'];

/** Learns who is calling, before anything else about the request is looked at: a 401 says the same on every path. */
export const authenticate = ({ authenticate: authenticatePrincipal, recordUse }: HttpServices): Gate => ({
  before: async ({ event, context: { exchange } }) => {
    exchange.principal = await authenticatePrincipal(headerOf(event, 'authorization'));
    recordUse(exchange.principal.credential);
  },
});

/** Finds out what is asked for, and whether the caller's application may do it. */
export const authoriseOperation = ({ policyOf, registryOf, environment }: HttpServices): Gate => ({
  before: async ({ event, context: { exchange } }) => {
    const { principal } = exchange;
    if (principal === undefined) throw new TypeError('authorise comes after authenticate');
    const { segments, baseUrl } = locate(event, environment.BASE_PATH, environment.PUBLIC_URL);
    exchange.baseUrl = baseUrl;
    const reading = registryOf(exchange);
    // Awaited below: whether the sender may call at all is said first.
    reading.catch(() => undefined);
    const policy = await policyOf(principal.application, exchange);
    exchange.policy = policy;
    requireSender(policy, event, exchange);
    exchange.registry = await reading;
    const named = findTarget(segments, exchange.registry);
    exchange.target = named;
    requireMethod(event.httpMethod, named);
    const target = named.kind === 'me' ? resolveMe(exchange.registry, policy, principal) : named;
    exchange.target = target;
    const operation = operationOf(event.httpMethod, target);
    Object.assign(exchange.line, { operation: operation.action, resourceType: operation.resourceType, ...namedResource(target) });
    exchange.verdict = authorise(policy, principal.scope, operation);
  },
});

/** Refuses a body that is too large, of another kind, or no JSON object, in this order. */
export const parseBody = (): Gate => ({
  before: ({ event, context: { exchange } }) => {
    if (!WITH_BODY.includes(event.httpMethod)) return;
    const text = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString('utf8') : (event.body ?? '');
    if (Buffer.byteLength(text) > MAX_BODY_BYTES) {
      throw new ScimError('tooLarge', `The body is larger than ${MAX_BODY_BYTES} bytes; send it in several requests.`);
    }
    requireMediaType(headerOf(event, 'content-type'));
    exchange.body = parseJsonBody(text);
  },
});

/** A request without a content type is taken at its word: the body must be JSON all the same. */
function requireMediaType(contentType: string | undefined): void {
  const mediaType = contentType?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== undefined && mediaType !== '' && !MEDIA_TYPES.includes(mediaType)) throw new ScimError('unsupportedMediaType');
}

/** Only what is formed like one of our ids is logged: a client may put anything into a path. */
export const namedResource = (target: Target): { readonly resourceId?: string } =>
  target.kind === 'resource' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(target.id) ? { resourceId: target.id } : {};

const ACTIONS: Readonly<Record<string, Operation['action']>> = {
  GET: 'read',
  POST: 'create',
  PUT: 'update',
  PATCH: 'update',
  DELETE: 'remove',
};

/** What spans several types is judged type by type, where it is served; a bulk request operation by operation. */
export function operationOf(method: string, target: Target): Operation {
  if (target.kind === 'collection' || target.kind === 'resource')
    return { action: ACTIONS[method] ?? 'read', resourceType: target.type.name };
  if (target.kind === 'search' && target.type !== undefined) return { action: 'read', resourceType: target.type.name };
  if (target.kind === 'events') return { action: 'follow', resourceType: target.kind };
  return { action: isDiscovery(target) ? 'discover' : 'several', resourceType: target.kind };
}
