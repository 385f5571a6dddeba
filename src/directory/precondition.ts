import { ScimError } from '../scim/errors.ts';
import { matchesEtag } from '../scim/messages.ts';
import type { StoredResource } from './resource.ts';

/** The entity tags a change is made conditional on (RFC 7644 §3.14, RFC 9110 §13.1), as the client sent them. */
export type Conditions = { readonly ifMatch?: string | undefined; readonly ifNoneMatch?: string | undefined };

export const isUnconditional = ({ ifMatch, ifNoneMatch }: Conditions): boolean => ifMatch === undefined && ifNoneMatch === undefined;

/**
 * Refuses the change if the client's If-Match names another version than the one read, or its If-None-Match this one.
 *
 * The commit repeats the comparison inside the write: what is decided here holds there, or is decided anew.
 *
 * @throws {ScimError} preconditionFailed
 */
export function requireMatch({ ifMatch, ifNoneMatch }: Conditions, { version }: StoredResource): void {
  if (ifMatch !== undefined && !matchesEtag(ifMatch, version)) throw failed('If-Match names another version', version);
  if (ifNoneMatch !== undefined && matchesEtag(ifNoneMatch, version)) throw failed('If-None-Match names this version', version);
}

const failed = (what: string, version: number): ScimError =>
  new ScimError('preconditionFailed', `${what}; the resource is at W/"${version}". Read it again and repeat.`);
