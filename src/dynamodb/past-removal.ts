import type { ChangeStamp } from '../directory/ports.ts';
import { keyOf } from './keys.ts';
import type { PlannedWrite } from './write.ts';

/** The table's stream keeps what has happened for a day. */
const TOLD_BY_SECONDS = 2 * 86_400;

/** Keeps who removed a resource when its tombstone goes: the removal may not have been told of yet. */
export const planPastRemoval = (id: string, version: number, removal: ChangeStamp, nowMs: number): PlannedWrite => ({
  write: {
    kind: 'put',
    key: keyOf.pastRemoval(id, version),
    attributes: { id, version, lastChange: JSON.stringify(removal), ttl: Math.ceil(nowMs / 1_000) + TOLD_BY_SECONDS },
  },
});
