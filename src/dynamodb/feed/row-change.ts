import { type Attributes, type Item, MalformedItem, text, unmarshal } from '../item.ts';
import { isResourcePartition, keyOf, type TableKey } from '../keys.ts';

/** A record of the table's stream, as Lambda hands it over and as it is read. */
export type StreamRecord = {
  readonly dynamodb?:
    | {
        /** Epoch seconds, or the moment itself. */
        readonly ApproximateCreationDateTime?: number | Date | undefined;
        readonly NewImage?: Readonly<Item> | undefined;
        readonly OldImage?: Readonly<Item> | undefined;
      }
    | undefined;
};

/** A write to the row of a resource. */
export type RowChange = {
  /** Name of the resource type, and the resource's id. */
  readonly type: string;
  readonly id: string;
  /** Absent where there was none, and where there is none any more. */
  readonly before?: Attributes;
  readonly after?: Attributes;
  /** ISO 8601 in UTC, to the second. */
  readonly at: string;
};

/** Reads what was written to a resource's row; undefined of every other row. */
export function toRowChange({ dynamodb: { ApproximateCreationDateTime, NewImage, OldImage } = {} }: StreamRecord): RowChange | undefined {
  const image = NewImage ?? OldImage;
  const pk = image?.['pk']?.S;
  if (image === undefined || pk === undefined || !isResourcePartition(pk) || image['lastChange'] === undefined) return undefined;
  return {
    type: typeIn(pk),
    id: text(unmarshal(image), 'sk'),
    ...(OldImage && { before: unmarshal(OldImage) }),
    ...(NewImage && { after: unmarshal(NewImage) }),
    at: toTime(ApproximateCreationDateTime),
  };
}

/** Where it stands who removed the resource, if that is what was written. */
export const removalKeyOf = ({ type, id, after }: RowChange): TableKey | undefined =>
  after === undefined ? keyOf.tombstone(type, id) : undefined;

/** Where that stands once the tombstone has gone. */
export function pastRemovalKeyOf({ id, before, after }: RowChange): TableKey | undefined {
  const version = before?.['version'];
  return after === undefined && typeof version === 'number' ? keyOf.pastRemoval(id, version) : undefined;
}

const typeIn = (pk: string): string => decodeURIComponent(pk.slice(0, pk.indexOf('#')));

function toTime(moment: number | Date | undefined): string {
  if (moment === undefined) throw new MalformedItem('a record of the stream has no time');
  return (moment instanceof Date ? moment : new Date(moment * 1_000)).toISOString();
}
