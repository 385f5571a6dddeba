import type { Attributes } from '../item.ts';
import type { Told } from './last-change.ts';

type Telling = { readonly set: Attributes; readonly add: Readonly<Record<'said', number>> };

/** Part of a write to a group's row: the table's stream tells by it of members that come or go without a new version of the group. */
export const telling = (told: Told): Telling => ({ set: { told: JSON.stringify(told) }, add: { said: 1 } });

/** Part of a write to a resource's row: the same of what a mapping makes of it. */
export const TELLING_PROFILE: Telling = { set: { told: undefined }, add: { said: 1 } };

/** Part of a write to a resource's row whose teller tells of it: the table's stream has nothing to add. */
export const TELLING_NOTHING: Telling = telling({});
