import type { FeedEntry } from '../../src/directory/feed/ports.ts';
import { newId } from './store-resources.ts';

/** What is written down of a user that was created. */
export const anEntry = (overrides: Partial<FeedEntry> = {}): FeedEntry => ({
  type: 'user.created',
  resourceType: 'User',
  resourceId: newId(),
  version: 1,
  part: 0,
  time: '2026-01-01T00:00:00.000Z',
  application: 'default',
  requestId: 'request-1',
  paths: ['userName'],
  active: true,
  ...overrides,
});
