import type { Command } from './command.ts';
import { GROUPS, RESOURCES, USERS } from './commands/resource/resource-groups.ts';

/** Commands that share their first word; those of the other groups are not even loaded. */
export type CommandGroup = {
  readonly name: string;
  readonly summary: string;
  /** Groups within it, whose commands have three words: `app ip import`. */
  readonly parts?: readonly { readonly name: string; readonly summary: string }[];
  readonly load: () => Promise<readonly Command[]>;
};

/** Everything there is to run, in the order of the help. */
export type Catalogue = {
  /** The commands of one word. */
  readonly single: readonly Command[];
  readonly groups: readonly (Omit<CommandGroup, 'load'> & { readonly commands: readonly Command[] })[];
};

export const COMMAND_GROUPS: readonly CommandGroup[] = [
  {
    name: 'tenant',
    summary: 'Write and look at the files that stacks are deployed from, one for each tenant; see how all are, and upgrade them.',
    load: async () => (await import('./commands/tenant/group.ts')).COMMANDS,
  },
  {
    name: 'app',
    summary: 'Add the applications that clients are, show what to paste into them, and change their settings.',
    parts: [
      { name: 'map', summary: 'Map SCIM attributes to names of your own, and try what comes out.' },
      { name: 'ip', summary: 'Limit the addresses that an application takes requests from.' },
    ],
    load: async () => (await import('./commands/app/group.ts')).COMMANDS,
  },
  {
    name: 'brake',
    summary: 'See whether an application is held back from mass removal, and let it through.',
    load: async () => (await import('./commands/brake/group.ts')).COMMANDS,
  },
  {
    name: 'user',
    summary: 'Look into the users there are, change one, and bring back what was removed.',
    load: async () => (await import('./commands/resource/group.ts')).commandsOf(USERS),
  },
  {
    name: 'group',
    summary: 'Look into the groups there are, change one, and bring back what was removed.',
    load: async () => (await import('./commands/resource/group.ts')).commandsOf(GROUPS),
  },
  {
    name: 'resource',
    summary: 'The same for resources of any type.',
    load: async () => (await import('./commands/resource/group.ts')).commandsOf(RESOURCES),
  },
  {
    name: 'events',
    summary: 'Follow what is told about users and groups, tell it again, and see whether anything is stuck.',
    load: async () => (await import('./commands/event/group.ts')).COMMANDS,
  },
  {
    name: 'schema',
    summary: 'Add attributes and resource types of your own, and look at all there are.',
    load: async () => (await import('./commands/schema/group.ts')).COMMANDS,
  },
  {
    name: 'matching',
    summary: 'List and choose the attributes that clients match resources by.',
    load: async () => (await import('./commands/matching/group.ts')).COMMANDS,
  },
  {
    name: 'account',
    summary: 'Make, list, change and revoke SCIM accounts: an identifier with a password.',
    load: async () => (await import('./commands/account/group.ts')).COMMANDS,
  },
  {
    name: 'client',
    summary: 'Make, list and revoke what the token endpoint knows clients by (OAuth 2.0).',
    load: async () => (await import('./commands/client/group.ts')).COMMANDS,
  },
  {
    name: 'token',
    summary: 'Make, list, show, rotate and revoke the tokens that clients present.',
    load: async () => (await import('./commands/token/group.ts')).COMMANDS,
  },
];
