import { join } from 'node:path';
import pMap from 'p-map';
import * as z from 'zod/mini';
import { AdminRefusal } from '../../../../src/access/admin-refusal.ts';
import { defineCommand } from '../../../command.ts';
import type { Terminal } from '../../../terminal.ts';
import { readVersion } from '../../../version.ts';
import { readTenant } from '../read-tenant.ts';
import { tenantNames } from '../tenant-names.ts';
import { chooseTenants } from './choose.ts';
import { howToGoOn } from './go-on.ts';
import { type FleetOutcome, runFleet } from './run-fleet.ts';

const CONCURRENCY = 8;
const UPGRADES = join('dist', 'upgrades');

export const tenantUpgrade = defineCommand({
  name: 'tenant upgrade',
  summary: 'Deploy this version: the stack of the account, then one tenant after the other, up to the first failure.',
  argument: { name: 'tenants', summary: 'names that "scim tenant list" shows, in this order', isOptional: true, isVariadic: true },
  flags: [
    { flags: '--all', summary: 'all tenants that are deployed, in the order of their names' },
    { flags: '--canary <name>', summary: 'this tenant alone, or before all others' },
    { flags: '--then-all', summary: 'with --canary: all others, once it is well' },
    { flags: '--from <name>', summary: 'leave out those before this one, to go on where an upgrade ended' },
    { flags: '--app <folder>', summary: 'deploy what "cdk synth --output" has left there (default: it is synthesised)' },
    { flags: '--dry-run', summary: 'show what would change, and deploy nothing' },
    { flags: '--json', summary: 'print the result as JSON' },
  ],
  examples: [
    'scim tenant upgrade example',
    'scim tenant upgrade --all --dry-run',
    'scim tenant upgrade --canary example --then-all',
    'scim tenant upgrade --all --from inforsts-tst',
  ],
  options: z.strictObject({
    tenants: tenantNames,
    all: z.optional(z.literal(true)),
    canary: z.optional(z.string()),
    thenAll: z.optional(z.literal(true)),
    from: z.optional(z.string()),
    app: z.optional(z.string()),
    dryRun: z.optional(z.literal(true)),
    json: z.optional(z.literal(true)),
  }),
  run: async ({ app, dryRun = false, json, ...wanted }, terminal) => {
    const tenants = await deployedOnes(chooseTenants(wanted, await terminal.tenantFiles.names()), wanted.tenants, terminal);
    const folder = join(UPGRADES, terminal.now().toISOString().replace(/:/g, '-'));
    const fleet = { tenants, assembly: app, folder, isDryRun: dryRun, version: readVersion(), by: terminal.userName };
    const outcome = await runFleet(fleet, terminal);
    if (json) terminal.print(JSON.stringify({ version: fleet.version, dryRun, ...outcome }));
    else terminal.print(summed(outcome, dryRun));
    const goOn = howToGoOn(outcome, { ...wanted, dryRun });
    if (goOn !== undefined) throw new AdminRefusal(goOn);
  },
});

/** Of all tenants those that have a stack: a first deployment is to be asked for by name, with the CDK itself. */
async function deployedOnes(tenants: readonly string[], named: readonly string[], terminal: Terminal): Promise<readonly string[]> {
  const asked = await pMap(
    tenants,
    async (name) => {
      const read = await readTenant(name, terminal.tenantFiles);
      if ('fault' in read) throw new AdminRefusal(`${terminal.tenantFiles.folder}/${name}.json: ${read.fault}.`);
      return { name, isDeployed: (await terminal.fleet.readStack(`scim-${name}`)) !== undefined };
    },
    { concurrency: CONCURRENCY },
  );
  const absent = asked.filter(({ isDeployed }) => !isDeployed).map(({ name }) => name);
  const refused = absent.find((name) => named.includes(name));
  if (refused !== undefined)
    throw new AdminRefusal(`${refused} is not deployed yet: make its stack with "npx cdk deploy scim-${refused}".`);
  for (const name of absent) terminal.say(`${name}: left out, it is not deployed yet; "npx cdk deploy scim-${name}" makes its stack.`);
  return asked.filter(({ isDeployed }) => isDeployed).map(({ name }) => name);
}

const summed = ({ done, left }: FleetOutcome, isDryRun: boolean): string => {
  const count = (kind: string): number => done.filter(({ outcome }) => outcome.kind === kind).length;
  const verb = isDryRun ? `${count('compared')} would change` : `${count('upgraded')} upgraded`;
  return `${verb}, ${count('unchanged')} unchanged, ${count('failed')} failed, ${left.length} not begun`;
};
