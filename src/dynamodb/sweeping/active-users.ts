import { isActive, USER } from '../../directory/resource.ts';
import { type Attributes, document, text } from '../item.ts';
import { partitionOf } from '../keys.ts';

const USERS = partitionOf.resources(USER);

/** Whether a row is that of a user who is not disabled. One that cannot be read says nothing of the kind, and ends no inspection. */
export function isActiveUser(row: Attributes): boolean {
  if (text(row, 'pk') !== USERS) return false;
  try {
    return isActive({ attributes: document(row, 'attributes') });
  } catch {
    return true;
  }
}
