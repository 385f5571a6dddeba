import * as z from 'zod';
import { domainSchema } from './domain.ts';
import { parseSettings } from './settings-file.ts';
import { tagsSchema } from './tags.ts';

/** `account.json` beside the tenant files: what all tenants of an AWS account and region have in common. */
export const accountSchema = z.strictObject({
  $schema: z.string().optional().describe('Where an editor finds this schema: "./account.schema.json".'),
  alarmEmails: z
    .array(z.email('must be an e-mail address'))
    .default([])
    .describe('Who is told of alarms; each address is asked by AWS to confirm.'),
  domains: z
    .array(domainSchema)
    .refine((domains) => new Set(domains.map(({ name }) => name)).size === domains.length, 'must name each domain once')
    .default([])
    .describe('Domain names that several tenants share, each by a path of its own.'),
  tags: tagsSchema.describe('Tags of every resource of every stack.'),
});

export type Account = Readonly<Omit<z.output<typeof accountSchema>, '$schema'>>;

/** @throws {TenantFileError} naming each mistake */
export function parseAccount(content: unknown): Account {
  const { $schema: _, ...account } = parseSettings(accountSchema, content);
  return account;
}
