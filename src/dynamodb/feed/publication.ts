import type { ChangeEvent } from '../../directory/feed/change-event.ts';
import type { FeedPlace } from '../../directory/feed/ports.ts';
import { shownAs } from '../../directory/feed/shown.ts';
import type { EventValues } from '../../directory/feed/state.ts';
import { unmarshal } from '../item.ts';
import { keyOf, partitionOf } from '../keys.ts';
import { eventOf } from './expand.ts';
import { toLogItem } from './item.ts';
import { positionIn } from './place.ts';
import type { TableRecord } from './table-record.ts';

/** What an item of the log has to tell on the bus. */
export type Publication = {
  readonly events: readonly ChangeEvent[];
  /** Where the events of a large change begin, which are still to be read. */
  readonly rest?: FeedPlace;
};

/** Says where in the log something was written; undefined of what is no item of it, of one that went, and where a purge took something out. */
export function placeOf({ dynamodb: { NewImage, OldImage } = {} }: TableRecord): FeedPlace | undefined {
  const sk = NewImage?.['sk']?.S;
  if (OldImage !== undefined || NewImage?.['pk']?.S !== partitionOf.feed() || sk === undefined || sk === keyOf.generation().sk)
    return undefined;
  return { ...positionIn(sk), index: 0 };
}

export type Publishing = { readonly tenant: string; readonly values: EventValues };

/** Reads what was written to the log, as it may be told by now. */
export function publicationIn({ dynamodb: { NewImage = {} } = {} }: TableRecord, { tenant, values }: Publishing): Publication {
  const { entries, generation, position } = toLogItem(unmarshal(NewImage));
  const large = entries.findIndex(({ manifest }) => manifest !== undefined);
  const events = entries.slice(0, large < 0 ? undefined : large).map((entry) => shownAs(values, eventOf(tenant, entry)));
  return { events, ...(large >= 0 && { rest: { generation, position, index: large } }) };
}
