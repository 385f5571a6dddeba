import { join } from 'node:path';
import * as z from 'zod/mini';
import type { AdminTarget } from '../src/runtime/admin-client.ts';
import { type Flag, UsageError } from './command.ts';
import type { Terminal } from './terminal.ts';

/** What every command that administers a tenant takes. */
export const ADMIN_FLAGS: readonly Flag[] = [
  { flags: '--local', summary: 'administer the server that "npm start" runs on this machine' },
  {
    flags: '--tenant <name>',
    summary: 'administer the deployed stack of this tenant, with the AWS credentials and region of the environment',
  },
  { flags: '--by <name>', summary: 'who the audit log says it was (default: your user name)' },
  { flags: '--json', summary: 'print the result as JSON' },
];

export const adminOptions = {
  local: z.optional(z.literal(true)),
  tenant: z.optional(z.string().check(z.regex(/^[a-z0-9-]+$/, '--tenant takes the name of a file in tenants/, without ".json"'))),
  by: z.optional(z.string()),
  json: z.optional(z.literal(true)),
};

type TargetOptions = { readonly local?: true | undefined; readonly tenant?: string | undefined };

/** @throws {UsageError} unless exactly one system is named */
export function targetOf({ local, tenant }: TargetOptions, { dataFolder }: Terminal): AdminTarget {
  if (local && tenant !== undefined) throw new UsageError('--local and --tenant exclude each other: name one system.');
  if (tenant !== undefined) return { kind: 'deployed', stackName: `scim-${tenant}` };
  if (local) return { kind: 'local', keyFile: join(dataFolder, 'admin.json') };
  throw new UsageError('Say which system: --local for the one on this machine, or --tenant NAME for a deployed one.');
}
