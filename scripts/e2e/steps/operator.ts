import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { createStack, operatorClients, resourcesOf } from '../account.ts';
import { ROOT, scim } from '../commands.ts';
import { ACCOUNT, REGION } from '../place.ts';
import { GUARDED } from '../tenants.ts';
import { outputsOf, type Step } from '../world.ts';

const PAGE = join(ROOT, 'docs', 'reference', 'cli.md');
const LOG_GROUPS = 'arn:aws:logs:eu-central-1:111122223333:log-group:scim-*';
const POLICY = /<!-- policy: operator -->\s+```json\n([\s\S]*?)\n\s*```/;

/** Makes the role that the documentation describes, from the very policy it prints, and administers as it from here on. */
export const operator: Step = {
  name: 'an operator with the permissions that the documentation lists',
  run: async (world, check) => {
    await createStack(world, 'operators', templateOf(await documentedPolicy()));
    check('may administer', (await scim(world, 'app', 'list', '--tenant', GUARDED)).code === 0);
    const [secretId = ''] = (await resourcesOf(world, GUARDED, 'AWS::SecretsManager::Secret')).values();
    const { tables, secrets } = operatorClients(world);
    const Key = { pk: { S: 'Settings' }, sk: { S: 'Schemas' } };
    const table = await outcomeOf(tables.send(new GetItemCommand({ TableName: outputsOf(world, GUARDED).TableName, Key })));
    check('may not read the table', table.startsWith('AccessDenied'), table);
    const credentials = await outcomeOf(secrets.send(new GetSecretValueCommand({ SecretId: secretId })));
    check('may not read the credentials', credentials.startsWith('AccessDenied'), credentials);
  },
};

const outcomeOf = (sent: Promise<unknown>): Promise<string> =>
  sent.then(
    () => 'allowed',
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
  );

/** The emulator asks for the permissions of logs on every resource at once, whatever group is meant; the page names the groups. */
async function documentedPolicy(): Promise<unknown> {
  const text = POLICY.exec(await readFile(PAGE, 'utf8'))?.[1];
  if (text === undefined) throw new TypeError(`${PAGE} has no policy`);
  return JSON.parse(text.replace(LOG_GROUPS, '*').replaceAll('eu-central-1', REGION).replaceAll('111122223333', ACCOUNT));
}

const templateOf = (policy: unknown): object => ({
  Resources: {
    Operator: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'operator',
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }],
        },
        Policies: [{ PolicyName: 'Administer', PolicyDocument: policy }],
      },
    },
  },
});
