import type { Write } from '../write.ts';

/**
 * What is to be done about a row that names a purged resource: a write that ends it; nothing, because it ends by itself;
 * or nothing, because a client wrote it into another resource.
 */
export type Trace =
  | {
      readonly kind: 'erase';
      readonly write: Write;
      /** Until this holds, the row is work in progress. */
      readonly onlyIf?: Write & { readonly kind: 'check' };
    }
  | { readonly kind: 'passing' }
  | { readonly kind: 'mention' };
