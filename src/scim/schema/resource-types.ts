import { ENTERPRISE_USER_SCHEMA } from './enterprise-user.ts';
import { GROUP_SCHEMA } from './group.ts';
import type { Registry, ResourceType } from './resource-type.ts';
import { USER_SCHEMA } from './user.ts';

export const USER: ResourceType = {
  name: 'User',
  description: 'User accounts.',
  endpoint: '/Users',
  schema: USER_SCHEMA,
  extensions: [{ schema: ENTERPRISE_USER_SCHEMA, required: false }],
  groupsAttribute: 'groups',
  references: { Group: '/Groups' },
  subjectAttributes: ['userName'],
  matching: [{ path: 'emails.value', stage: 'used' }],
};

export const GROUP: ResourceType = {
  name: 'Group',
  description: 'Groups of users.',
  endpoint: '/Groups',
  schema: GROUP_SCHEMA,
  extensions: [],
  membersAttribute: 'members',
  references: { User: '/Users', Group: '/Groups' },
  subjectAttributes: ['displayName'],
};

/** The resource types of RFC 7643 §4. */
export const REGISTRY: Registry = [USER, GROUP];
