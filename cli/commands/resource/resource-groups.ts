import * as z from 'zod/mini';
import type { Flag } from '../../command.ts';

/** The same commands for users, for groups, and for resources of any type. */
export type ResourceGroup = {
  /** First word of the commands. */
  readonly group: string;
  readonly noun: string;
  readonly nouns: string;
  /** What a resource is known by. */
  readonly name: string;
  readonly typeFlag: readonly Flag[];
  readonly typeOption: z.ZodMiniType<string>;
  /** What examples add to a command. */
  readonly example: string;
  readonly exampleName: string;
  readonly filterExample: string;
  /** They can be disabled. */
  readonly hasActive: boolean;
  readonly hasMembers: boolean;
};

const fixed = (type: string) => ({ typeFlag: [], typeOption: z._default(z.literal(type), type), example: '' });

export const USERS: ResourceGroup = {
  group: 'user',
  noun: 'user',
  nouns: 'users',
  name: 'userName',
  exampleName: 'ada@example.com',
  filterExample: 'active eq false and emails.value co "@example.com"',
  hasActive: true,
  hasMembers: false,
  ...fixed('User'),
};

export const GROUPS: ResourceGroup = {
  group: 'group',
  noun: 'group',
  nouns: 'groups',
  name: 'displayName',
  exampleName: 'Engineering',
  filterExample: 'displayName sw "Eng"',
  hasActive: false,
  hasMembers: true,
  ...fixed('Group'),
};

export const RESOURCES: ResourceGroup = {
  group: 'resource',
  noun: 'resource',
  nouns: 'resources',
  name: 'name',
  exampleName: 'printer-7',
  filterExample: 'displayName pr',
  hasActive: true,
  hasMembers: true,
  typeFlag: [{ flags: '--type <name>', summary: 'the resource type, such as one of your own' }],
  typeOption: z.string('Say which resource type: --type NAME.'),
  example: ' --type Device',
};
