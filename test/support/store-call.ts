import { noUsage } from '../../src/access/no-usage.ts';
import type { ChangeStamp, StoreCall } from '../../src/directory/ports.ts';

/** A request with half a minute to go, whose usage nobody has added to yet. */
export const aCall = (overrides: Partial<StoreCall> = {}): StoreCall => ({
  requestId: 'request-1',
  deadlineMs: Date.now() + 30_000,
  usage: noUsage(),
  ...overrides,
});

export const STAMP: ChangeStamp = { requestId: 'request-1', application: 'default', at: '2026-01-01T00:00:00.000Z', paths: [] };
