import * as z from 'zod/mini';
import { type Flag, UsageError } from '../../command.ts';

export const SELECTION_FLAGS: readonly Flag[] = [
  { flags: '--user <name>', summary: 'only what is about this user: the userName, or the id of one that was removed' },
  { flags: '--group <name>', summary: 'only what is about this group: the displayName, or the id of one that was removed' },
  { flags: '--resource <name>', summary: 'only what is about this resource of the type that --type names, by its name or id' },
  { flags: '--type <name>', summary: 'only what is about resources of this type' },
];

export const selectionOptions = {
  user: z.optional(z.string()),
  group: z.optional(z.string()),
  resource: z.optional(z.string()),
  type: z.optional(z.string()),
};

type Options = { readonly [Name in keyof typeof selectionOptions]?: string | undefined };

/** Which resource, or resources of which type, are meant. */
export type Selection = { readonly type?: string; readonly resource?: string };

/** @throws {UsageError} when more than one resource is named, or a type is missing */
export function selectionOf({ user, group, resource, type }: Options): Selection {
  const named = [user, group, resource].filter((name) => name !== undefined);
  if (named.length > 1) throw new UsageError('Name one resource: --user, --group, or --resource with --type.');
  if (resource !== undefined && type === undefined) throw new UsageError('Say which type --resource is of: --type NAME.');
  if (type !== undefined && (user ?? group) !== undefined) throw new UsageError('--user and --group say the type: leave out --type.');
  if (user !== undefined) return { type: 'User', resource: user };
  if (group !== undefined) return { type: 'Group', resource: group };
  return { ...(type !== undefined && { type }), ...(resource !== undefined && { resource }) };
}
