import * as z from 'zod/mini';
import type { FeedEntry } from '../../directory/feed/ports.ts';
import { lazily } from '../../scim/lazily.ts';
import { type Attributes, document, optionalNumber } from '../item.ts';
import type { LastChange } from '../rows.ts';

const ids = z.optional(z.readonly(z.array(z.string())));

const lastChangeSchema = lazily(() =>
  z.object({
    requestId: z.string(),
    application: z.string(),
    at: z.string(),
    paths: z.readonly(z.array(z.string())),
    act: z.optional(z.literal('restored')),
    added: ids,
    removed: ids,
    manifest: z.optional(z.string()),
  }),
);

export const lastChangeIn = (row: Attributes): LastChange => lastChangeSchema().parse(document(row, 'lastChange'));

/** Who made the last change, and when; undefined where that cannot be made out, and nothing else hangs on it. */
export function authorIn(row: Attributes): Pick<FeedEntry, 'application' | 'requestId' | 'time'> | undefined {
  try {
    const { application, requestId, at } = lastChangeIn(row);
    return { application, requestId, time: at };
  } catch {
    return undefined;
  }
}

const toldSchema = lazily(() => z.object({ added: ids, removed: ids }));

/** Members that came to a group, or left it, without a new version of it. */
export type Told = z.output<ReturnType<typeof toldSchema>>;

/** How often something was told of the resource that is no new version of it. */
export const saidIn = (row: Attributes): number => optionalNumber(row, 'said') ?? 0;

/** What was told last; undefined where it is the resource itself. */
export const toldIn = (row: Attributes): Told | undefined =>
  row['told'] === undefined ? undefined : toldSchema().parse(document(row, 'told'));
