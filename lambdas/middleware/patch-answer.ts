import { answerInclude } from '../../src/directory/answer-size.ts';
import type { Include, Loaded } from '../../src/directory/ports.ts';
import type { Projection } from '../../src/scim/projection.ts';
import type { ResourceType } from '../../src/scim/schema/resource-type.ts';
import type { ScimRequest } from './exchange.ts';

/**
 * What the answer to a PATCH shows; undefined for 204 (RFC 7644 §3.5.2).
 *
 * With `attributes` it always shows what they name. Without, it reads no more members than the policy allows, and none
 * that were shown could be told from all there are: with more, the answer is 204.
 */
export function patchInclude({ context, parameters }: ScimRequest, type: ResourceType, projection: Projection): Include | undefined {
  const { policy } = context;
  const include = answerInclude(type, projection, context);
  if (parameters.has('attributes')) return include;
  if (policy.patchAnswer[type.name] === 'noContent') return undefined;
  return include.members ? { ...include, members: { atMost: policy.patchAnswerMembers } } : include;
}

/** Says whether everything was read that the answer is to show. */
export const isComplete = (loaded: Loaded | undefined, include: Include | undefined): loaded is Loaded =>
  loaded !== undefined && include !== undefined && (!include.members || loaded.members !== undefined);
