import * as z from 'zod';
import { type TenantDomain, tenantDomainSchema } from './domain.ts';
import { allowedIpRangesSchema, concurrencySchema, encryptionKeySchema, wafSchema } from './hardening.ts';
import { parseSettings } from './settings-file.ts';
import { tagsSchema } from './tags.ts';

export { TenantFileError } from './settings-file.ts';

/** The periods CloudWatch Logs can keep events for. */
const RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] as const;

/** Taken by the stack that an AWS account needs once. */
const ACCOUNT = 'account';

/** A tenant file: everything about one deployment that is decided before it runs. */
export const tenantSchema = z.strictObject({
  $schema: z.string().optional().describe('Where an editor finds this schema: "./tenant.schema.json".'),
  name: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case letters, digits and single hyphens')
    .max(64)
    .refine((name) => name !== ACCOUNT, `must not be "${ACCOUNT}": the stack that an AWS account needs once is called so`)
    .describe('Name of the tenant and of its file; its stack is scim-<name>.'),
  stage: z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/, 'must be letters, digits, hyphens and underscores')
    .max(128)
    .optional()
    .describe("First segment of the URL's path, the tenant's own; its name unless given."),
  basePath: z
    .string()
    .regex(/^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/, 'must be empty or begin with, and not end in, a slash: "/scim/v2"')
    .default('/scim/v2')
    .describe('Path between the stage and "/Users"; may be empty.'),
  environment: z
    .enum(['production', 'dev'])
    .default('production')
    .describe(
      'production keeps table, secret and logs when the stack is deleted, and guards against that; dev deletes all with the stack.',
    ),
  logRetentionDays: z
    .literal(RETENTION_DAYS)
    .default(365)
    .describe('How long log lines, and with them the provisioning report, reach back.'),
  retentionDays: z
    .int()
    .min(1)
    .max(365)
    .default(30)
    .describe('How long a removed user or group is kept, with its memberships, and can be restored.'),
  audit: z
    .strictObject({
      identifiers: z
        .enum(['plain', 'hashed'])
        .describe('plain: log lines name the users and groups they are about; hashed: they have a keyed hash in the place of the name.'),
    })
    .default({ identifiers: 'plain' })
    .describe('What the log, and with it the provisioning report, says of people.'),
  events: z
    .strictObject({
      values: z
        .enum(['none', 'profile'])
        .default('none')
        .describe('none: events say what has changed, without any value; profile: they carry what the user or group is by then.'),
      retentionDays: z.int().min(1).max(365).default(30).describe('How long events can be read.'),
    })
    .default({ values: 'none', retentionDays: 30 })
    .describe("What the tenant's change feed tells whoever follows its users and groups."),
  throttling: z
    .strictObject({
      requestsPerSecond: z.int().min(1).max(10_000).describe('Requests a second in the long run.'),
      burst: z.int().min(1).max(5_000).describe('Requests at once before the rate counts.'),
    })
    .default({ requestsPerSecond: 100, burst: 200 })
    .describe('What API Gateway lets through before it answers 429, so that one tenant cannot use up the account.'),
  domain: tenantDomainSchema.optional().describe('A domain name in place of the one that AWS gives the API.'),
  allowedIpRanges: allowedIpRangesSchema
    .optional()
    .describe('The only addresses that API Gateway lets in, for all applications of the tenant; every one unless given.'),
  waf: wafSchema
    .optional()
    .describe('A web application firewall before the API: "own" for one that the stack makes, or the ARN of a web ACL; none unless given.'),
  encryptionKey: encryptionKeySchema
    .optional()
    .describe(
      'The KMS key that table, secret, logs and queues are encrypted by: "own" for one that the stack makes, or its ARN; a key of AWS unless given.',
    ),
  concurrency: concurrencySchema
    .optional()
    .describe('How many instances of its functions may run at once, taken from those of the account.'),
  tags: tagsSchema.describe("Tags of every resource of the tenant's stack, on top of those of the account."),
});

export type Tenant = Readonly<Omit<z.output<typeof tenantSchema>, '$schema' | 'stage' | 'domain'>> & {
  readonly stage: string;
  readonly domain?: TenantDomain | undefined;
};

/**
 * Parses what a tenant file holds.
 *
 * @throws {TenantFileError} naming each mistake, an unknown key with the one that was probably meant
 */
export function parseTenant(content: unknown): Tenant {
  const { $schema: _, domain, ...tenant } = parseSettings(tenantSchema, content);
  const stage = tenant.stage ?? tenant.name;
  return { ...tenant, stage, ...(domain && { domain: { ...domain, path: domain.path ?? stage } }) };
}
