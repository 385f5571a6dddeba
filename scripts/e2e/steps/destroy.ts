import { DescribeStacksCommand, UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTableCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import { resourcesOf, rootClients } from '../account.ts';
import { cdk, cdkDone } from '../commands.ts';
import { GUARDED, PASSING, stackOf } from '../tenants.ts';
import { outputsOf, type Step, type World } from '../world.ts';

/** A production stack refuses to go, and keeps what it holds when it does; one for trying things out goes with everything. */
export const destroy: Step = {
  name: 'destroy',
  run: async (world, check) => {
    const { stacks } = rootClients(world);
    const kept = await holdingsOf(world, GUARDED);
    const passing = await holdingsOf(world, PASSING);
    const app = ['--app', `${world.folder}/second`, '--force'];
    await cdk(world, 'destroy', ...app, stackOf(GUARDED));
    check(
      'a production stack refuses to be destroyed',
      await isThere(() => stacks.send(new DescribeStacksCommand({ StackName: stackOf(GUARDED) }))),
    );
    await stacks.send(new UpdateTerminationProtectionCommand({ StackName: stackOf(GUARDED), EnableTerminationProtection: false }));
    await cdkDone(world, 'destroy', ...app, stackOf(GUARDED), stackOf(PASSING));
    for (const [title, look] of Object.entries(kept)) check(`production: its ${title} stays`, await look());
    for (const [title, look] of Object.entries(passing)) check(`dev: its ${title} goes`, !(await look()));
  },
};

/** What a stack holds, as questions whether it is there. */
async function holdingsOf(world: World, tenant: string): Promise<Readonly<Record<string, () => Promise<boolean>>>> {
  const { tables, secrets, logs } = rootClients(world);
  const { TableName } = outputsOf(world, tenant);
  const [SecretId = ''] = (await resourcesOf(world, tenant, 'AWS::SecretsManager::Secret')).values();
  const groups = [...(await resourcesOf(world, tenant, 'AWS::Logs::LogGroup')).values()];
  const isGroup = async (name: string): Promise<boolean> => {
    const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
    return logGroups.some(({ logGroupName }) => logGroupName === name);
  };
  return {
    table: () => isThere(() => tables.send(new DescribeTableCommand({ TableName }))),
    data: () => isThere(async () => ((await tables.send(new ScanCommand({ TableName, Limit: 1 }))).Count ?? 0) > 0),
    secret: () => isThere(async () => (await secrets.send(new DescribeSecretCommand({ SecretId }))).DeletedDate === undefined),
    logs: async () => (await Promise.all(groups.map(isGroup))).includes(true),
  };
}

/** A refusal says that it is not. */
const isThere = (look: () => Promise<unknown>): Promise<boolean> =>
  look().then(
    (answer) => answer !== false,
    () => false,
  );
