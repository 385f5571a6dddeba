import { expect } from '@jest/globals';
import type { JsonObject } from '../../../src/scim/json.ts';
import { ENTERPRISE_USER_SCHEMA } from '../../../src/scim/schema/enterprise-user.ts';

export const ENTERPRISE = ENTERPRISE_USER_SCHEMA.id;

/** A user's document, as a parsed resource has it. */
export const aUser = (overrides: JsonObject = {}): JsonObject => ({
  userName: 'bjensen@example.com',
  displayName: 'Babs',
  name: { givenName: 'Barbara', familyName: 'Jensen' },
  active: true,
  emails: [
    { type: 'work', value: 'bjensen@example.com', primary: true },
    { type: 'home', value: 'babs@jensen.example' },
  ],
  [ENTERPRISE]: { department: 'Tours', manager: { value: 'm1', $ref: 'https://host/Users/m1' } },
  ...overrides,
});

/** Matches a `ScimError` of this kind whose detail says these words. */
export const refusal = (kind: string, ...words: readonly string[]): unknown =>
  expect.objectContaining({ kind, message: expect.stringMatching(new RegExp(words.map(literally).join('[^]*'))) });

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
