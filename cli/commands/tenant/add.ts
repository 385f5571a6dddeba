import * as z from 'zod/mini';
import { parseTenant, type Tenant, TenantFileError } from '../../../lib/tenant.ts';
import { stageOf, TENANT_PRESET_NAMES, tenantPresetOf } from '../../../lib/tenant-presets.ts';
import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import { defineCommand, UsageError } from '../../command.ts';
import type { Terminal } from '../../terminal.ts';
import { nextSteps } from './next-steps.ts';
import { pathOf, readTenant, stackOf } from './read-tenant.ts';

export const tenantAdd = defineCommand({
  name: 'tenant add',
  summary: 'Write the file of a new tenant, which one deployment makes a stack of; nothing is deployed.',
  argument: { name: 'name', summary: 'lower-case letters, digits and single hyphens' },
  flags: [
    {
      flags: '--preset <name>',
      summary: 'the product, or identity provider, whose URL customers are used to',
      choices: TENANT_PRESET_NAMES,
    },
    { flags: '--stage <text>', summary: "first segment of the URL's path, such as INFORSTS_TST (default: the preset's, or the name)" },
    { flags: '--base-path <path>', summary: 'path between the stage and /Users; may be empty (default: the preset\'s, or "/scim/v2")' },
    {
      flags: '--environment <name>',
      summary: 'dev lets the stack be removed without a trace (default: production)',
      choices: ['production', 'dev'],
    },
    { flags: '--force', summary: 'write the file anew if it is there' },
    { flags: '--dry-run', summary: 'print the file, and write nothing' },
    { flags: '--json', summary: 'print the result as JSON' },
  ],
  examples: [
    'scim tenant add acme --preset entra',
    'scim tenant add acme-tst --preset infor-cloudsuite --stage ACMESTS_TST --environment dev',
    'scim tenant add acme-rfp --preset rfpio --dry-run',
  ],
  options: z.strictObject({
    name: z.string(),
    preset: z.optional(z.enum(TENANT_PRESET_NAMES)),
    stage: z.optional(z.string()),
    basePath: z.optional(z.string()),
    environment: z.optional(z.enum(['production', 'dev'])),
    force: z.optional(z.literal(true)),
    dryRun: z.optional(z.literal(true)),
    json: z.optional(z.literal(true)),
  }),
  run: async ({ force = false, dryRun, json, preset, ...wanted }, terminal) => {
    const { tenantFiles, print, say } = terminal;
    const content = contentOf({ ...wanted, preset });
    const tenant = parse(content);
    const text = `${JSON.stringify(content, null, 2)}\n`;
    const file = `${tenantFiles.folder}/${tenant.name}.json`;
    const isThere = (await tenantFiles.read(tenant.name)) !== undefined;
    if (isThere && force) await warnOfMove(tenant, terminal);
    if ((isThere && !force) || !(dryRun || (await tenantFiles.write(tenant.name, text, { replace: force }))))
      throw new AdminRefusal(`${file} is there already: look at it with "scim tenant show ${tenant.name}", or write it anew with --force.`);
    if (json) return print(JSON.stringify({ file, written: !dryRun, content, path: pathOf(tenant), stack: stackOf(tenant) }));
    if (dryRun) print(text.trimEnd());
    else print(`Wrote ${file}: the Tenant URL will be https://<host of its API>${pathOf(tenant)}`);
    if (dryRun) say('Nothing has been written.');
    else for (const line of nextSteps(tenant.name, preset)) say(line);
  },
});

type Wanted = {
  readonly name: string;
  readonly preset?: (typeof TENANT_PRESET_NAMES)[number] | undefined;
  readonly stage?: string | undefined;
  readonly basePath?: string | undefined;
  readonly environment?: string | undefined;
};

/** What is left out has its default, now and after an update. */
function contentOf({ name, preset, stage, basePath, environment }: Wanted) {
  const shape = preset === undefined ? {} : tenantPresetOf(preset);
  const content = {
    $schema: './tenant.schema.json',
    name,
    stage: stage ?? stageOf(shape, name),
    basePath: basePath ?? shape.basePath,
    environment,
  };
  return Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined));
}

function parse(content: unknown): Tenant {
  try {
    return parseTenant(content);
  } catch (error) {
    throw error instanceof TenantFileError ? new UsageError(`${error.message}.`, { cause: error }) : error;
  }
}

/** Whoever has the URL would be cut off by the next deployment. */
async function warnOfMove(tenant: Tenant, { tenantFiles, say }: Terminal): Promise<void> {
  const before = await readTenant(tenant.name, tenantFiles);
  if (!('tenant' in before) || pathOf(before.tenant) === pathOf(tenant)) return;
  say(`The path of its URL would change from ${pathOf(before.tenant)} to ${pathOf(tenant)}: the next deployment cuts off whoever uses it.`);
}
