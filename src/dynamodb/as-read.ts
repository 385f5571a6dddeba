import type { StoredResource } from '../directory/resource.ts';
import { allOf, type Condition, isEqual, isPresent } from './condition.ts';

/**
 * What was decided on still holds: for the version that was read, or for any.
 *
 * Where any version will do, the name must be the one that was read: the rows of new members carry it, and no rename would
 * correct them later.
 */
export function isAsRead({ version, nameVersion }: StoredResource, expect: 'version' | 'exists'): Condition {
  if (expect === 'version') return isEqual('version', version);
  return nameVersion === undefined ? isPresent : allOf(isPresent, isEqual('nameVersion', nameVersion));
}
