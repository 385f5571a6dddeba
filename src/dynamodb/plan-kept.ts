import { FormerKept, StaleRead } from '../directory/ports.ts';
import type { KeptEntry, StoredResource } from '../directory/resource.ts';
import { isAbsent, isEqual } from './condition.ts';
import { keyOf } from './keys.ts';
import type { PlannedWrite } from './write.ts';

/** Lets the same person find the user again; of several that were called the same, the one that was removed last. */
export const planKept = ({ type, id }: StoredResource, entry: KeptEntry): PlannedWrite => ({
  write: { kind: 'put', key: keyOf.kept(type, entry), attributes: { id } },
});

/** It is there again, and not to be found as a former one. */
export const planKeptNoMore = ({ type, id }: StoredResource, entry: KeptEntry): PlannedWrite => ({
  write: { kind: 'delete', key: keyOf.kept(type, entry), condition: isEqual('id', id) },
  onConditionFailed: () => new StaleRead(),
});

/** A new user, only if none is kept who may be the same person; what leads to none that is there any more goes. */
export function planUnlessKept(type: string, { entry, except }: { readonly entry: KeptEntry; readonly except?: string }): PlannedWrite {
  const key = keyOf.kept(type, entry);
  return except === undefined
    ? { write: { kind: 'check', key, condition: isAbsent }, onConditionFailed: () => new FormerKept() }
    : { write: { kind: 'delete', key, condition: isEqual('id', except) }, onConditionFailed: () => new StaleRead() };
}
