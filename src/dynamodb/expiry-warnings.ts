import type { ExpiryWarning } from '../access/expiry-warnings.ts';
import type { StoreCall } from '../access/ports.ts';
import { isAbsent } from './condition.ts';
import { keyOf } from './keys.ts';
import type { TableClient } from './table-client.ts';
import { isSuperseded, Superseded } from './write.ts';

const KEPT_MS = 30 * 24 * 60 * 60_000;

/** Says whether this warning is news, and keeps that it was given: the inspection that gives it may be repeated. */
export async function claimWarning(table: TableClient, warning: ExpiryWarning, call: StoreCall): Promise<boolean> {
  const { credential, threshold, expiresAt } = warning;
  const attributes = { ttl: Math.ceil((expiresAt.getTime() + KEPT_MS) / 1_000) };
  const write = { kind: 'put', key: keyOf.expiryWarning(credential, threshold), attributes, condition: isAbsent } as const;
  return !(await isSuperseded(table.execute({ writes: [{ write, onConditionFailed: () => new Superseded() }] }, call)));
}
