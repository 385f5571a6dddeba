import { ScimError } from '../scim/errors.ts';
import { matchesEtag } from '../scim/messages.ts';
import type { StoredResource } from './resource.ts';

/**
 * Refuses the change if the client's If-Match names another version than the one read.
 *
 * The commit repeats the comparison inside the write: what is decided here holds there, or is decided anew.
 *
 * @throws {ScimError} preconditionFailed
 */
export function requireMatch(ifMatch: string | undefined, { version }: StoredResource): void {
  if (ifMatch === undefined || matchesEtag(ifMatch, version)) return;
  throw new ScimError('preconditionFailed', `If-Match names another version; the resource is at W/"${version}". Read it again and repeat.`);
}
