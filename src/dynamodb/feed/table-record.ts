import type { Item } from '../item.ts';

/** A record of the table's stream, as Lambda hands it over and as it is read. */
export type TableRecord = {
  readonly dynamodb?:
    | {
        readonly SequenceNumber?: string | undefined;
        /** Epoch seconds, or the moment itself. */
        readonly ApproximateCreationDateTime?: number | Date | undefined;
        readonly Keys?: Readonly<Item> | undefined;
        readonly NewImage?: Readonly<Item> | undefined;
        readonly OldImage?: Readonly<Item> | undefined;
      }
    | undefined;
};
