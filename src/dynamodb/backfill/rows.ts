import * as z from 'zod/mini';
import type { Backfill } from '../../directory/backfill/ports.ts';
import type { BackfillPurpose } from '../../directory/ports.ts';
import { type Attributes, number, optionalNumber, optionalText, text } from '../item.ts';

/** One that nobody has begun with. */
export const announcedRow = (purpose: BackfillPurpose): Attributes =>
  backfillRow({ ...purpose, seen: 0, changed: 0, stuck: 0, stuckIds: [] });

/** Its name is there as it is, for the key may only hold its digest. */
export const backfillRow = ({ name, type, revision, startedAt, ...progress }: Backfill): Attributes => ({
  name,
  type,
  revision,
  startedAt,
  ...progress,
  stuckIds: JSON.stringify(progress.stuckIds),
});

const idsSchema = z.readonly(z.array(z.string()));

export function toBackfill(row: Attributes): Backfill {
  const optional = {
    beginsAtMs: optionalNumber(row, 'beginsAtMs'),
    total: optionalNumber(row, 'total'),
    after: optionalText(row, 'after'),
    finishedAt: optionalText(row, 'finishedAt'),
  };
  return {
    name: text(row, 'name'),
    type: text(row, 'type'),
    revision: text(row, 'revision'),
    startedAt: text(row, 'startedAt'),
    seen: number(row, 'seen'),
    changed: number(row, 'changed'),
    stuck: number(row, 'stuck'),
    stuckIds: idsSchema.parse(JSON.parse(text(row, 'stuckIds'))),
    ...(optional.beginsAtMs !== undefined && { beginsAtMs: optional.beginsAtMs }),
    ...(optional.total !== undefined && { total: optional.total }),
    ...(optional.after !== undefined && { after: optional.after }),
    ...(optional.finishedAt !== undefined && { finishedAt: optional.finishedAt }),
  };
}
