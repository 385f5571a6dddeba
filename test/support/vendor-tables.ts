import { isObject } from '../../examples/vendor-app/event.ts';
import { groups, users } from '../../examples/vendor-app/show.ts';
import type { Store } from '../../examples/vendor-app/store.ts';

/** What the application of the example holds, without what does not matter to a comparison. */
export const heldUsers = (store: Store) =>
  users(store).map(({ id, active, profile }) => ({ id, active, name: attributeOf(profile, 'userName') }));

export const heldGroups = (store: Store) =>
  groups(store).map(({ id, profile, members }) => ({ id, name: attributeOf(profile, 'displayName'), members }));

const attributeOf = (profile: unknown, attribute: string): unknown => (isObject(profile) ? profile[attribute] : undefined);
