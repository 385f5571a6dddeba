import type { Environment } from '../../src/runtime/environment.ts';

/** What a function of a tenant is told by its stack, unless a test says otherwise. */
export const ENVIRONMENT: Environment = {
  TABLE_NAME: 'table',
  SECRET_ID: 'secret',
  QUEUE_URL: 'queue',
  DEAD_LETTER_QUEUE_URL: 'dead-letters',
  RETENTION_DAYS: 30,
  TENANT: 'acme',
  BASE_PATH: '/scim/v2',
  AUDIT_IDENTIFIERS: 'plain',
  EVENT_VALUES: 'none',
  EVENT_RETENTION_DAYS: 30,
  EVENT_BUS_NAME: '',
};

/** The same as a process has it. */
export const environmentVariables = (overrides: Partial<Environment> = {}): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries({ ...ENVIRONMENT, ...overrides }).map(([name, value]) => [name, String(value)]));
