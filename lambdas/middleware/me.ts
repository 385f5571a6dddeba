import type { Policy } from '../../src/access/policy.ts';
import type { Principal } from '../../src/access/principal.ts';
import { ScimError } from '../../src/scim/errors.ts';
import type { Registry } from '../../src/scim/schema/resource-type.ts';
import type { Target } from './target.ts';

/** The resource type a subject is of: credentials stand for users. */
const SUBJECT_TYPE = 'User';

/**
 * Finds the user on whose behalf the credential acts (RFC 7644 §3.11), from the application's setting.
 *
 * @throws {ScimError} notImplemented — the credential stands for nobody
 */
export function resolveMe(registry: Registry, { me }: Policy, { credential }: Principal): Target {
  const type = registry.find(({ name }) => name === SUBJECT_TYPE);
  const id = Object.hasOwn(me, credential) ? me[credential] : undefined;
  if (type === undefined || id === undefined) {
    throw new ScimError('notImplemented', '/Me is not offered to this credential: the application\'s setting "me" names no user for it.');
  }
  return { kind: 'resource', type, id };
}
