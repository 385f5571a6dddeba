import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { FUNCTIONS } from '../../lib/bundle.ts';
import { readConstant } from '../../scripts/docs/read-constant.ts';
import { planBehind } from '../../src/dynamodb/feed/plan-behind.ts';
import { readEnvironment } from '../../src/runtime/environment.ts';
import { SWEEPER } from '../../src/runtime/routes.ts';
import { accountTemplate, resourceOf, resourcesOf, templateOf } from './synthesised.ts';

type Statement = { readonly Action: string | readonly string[]; readonly Resource: unknown };
type Policy = { readonly PolicyDocument: { readonly Statement: readonly Statement[] } };

const FUNCTION = 'AWS::Lambda::Function';
const TABLE = { 'Fn::GetAtt': ['Table7ABB320E', 'Arn'] };
const SECRET = { Ref: 'TokenSecret75569B26' };

/** What one function may do with one resource. */
function actionsOf(template: Template, role: RegExp, resource: unknown): readonly string[] {
  const [properties] = Object.entries(template.findResources('AWS::IAM::Role'))
    .filter(([id]) => role.test(id))
    .map(([, { Properties }]) => Properties);
  const statements = (properties['Policies'] as readonly Policy[]).flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
  return statements.filter((statement) => isEqual(statement.Resource, resource)).flatMap(({ Action }) => Action);
}

/** The actions that the SDK commands in an adapter's sources need. */
function actionsCalledIn(folder: string, service: string): readonly string[] {
  const files = readdirSync(join(import.meta.dirname, '../../src', folder), { recursive: true, encoding: 'utf8' });
  const sources = files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(import.meta.dirname, '../../src', folder, file), 'utf8'));
  const commands = sources.flatMap((source) => (source.includes(`client-${service}'`) ? [...source.matchAll(/new (\w+)Command\(/g)] : []));
  return [...new Set(commands.map(([, command]) => `${service.replace('-', '')}:${command}`))].sort();
}

const isSweeper = (properties: Readonly<Record<string, unknown>>): boolean => String(properties['Description']).includes(SWEEPER);

const constantIn = (file: string, name: string): number =>
  Number(readConstant(readFileSync(join(import.meta.dirname, '../..', file), 'utf8'), name));

const isEqual = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

describe('functions', () => {
  it('run on Node 24 and arm64, one for each handler', () => {
    const template = templateOf();

    template.resourceCountIs(FUNCTION, FUNCTIONS.length);
    template.allResourcesProperties(FUNCTION, { Runtime: 'nodejs24.x', Architectures: ['arm64'] });
  });

  it('get every variable they read', () => {
    const { Properties } = resourceOf(templateOf({ name: 'rfpio', basePath: '/rfpserver/scim/v2' }), FUNCTION);
    const { Variables } = Properties['Environment'] as { Variables: Record<string, unknown> };

    const asLambdaGivesThem = Object.fromEntries(
      Object.entries(Variables).map(([name, value]) => [name, typeof value === 'string' ? value : 'resolved']),
    );
    expect(readEnvironment(asLambdaGivesThem)).toEqual({
      TABLE_NAME: 'resolved',
      SECRET_ID: 'resolved',
      QUEUE_URL: 'resolved',
      DEAD_LETTER_QUEUE_URL: 'resolved',
      RETENTION_DAYS: 30,
      TENANT: 'rfpio',
      BASE_PATH: '/rfpserver/scim/v2',
      AUDIT_IDENTIFIERS: 'plain',
      EVENT_VALUES: 'none',
      EVENT_RETENTION_DAYS: 30,
      EVENT_BUS_NAME: expect.anything(),
    });
  });

  it('have deadlines that nest: a call, a request, a function, API Gateway, a piece of work in the queue', () => {
    const template = templateOf();
    const functions = resourcesOf(template, FUNCTION).filter(({ Properties }) => !isSweeper(Properties));
    const timeouts = functions.map(({ Properties }) => Number(Properties['Timeout']) * 1_000);
    const integrations = resourcesOf(template, 'AWS::ApiGateway::Method').map(({ Properties }) => Properties['Integration']);
    const patience = integrations.map((integration) => (integration as { TimeoutInMillis: number }).TimeoutInMillis);
    const hidden = resourcesOf(template, 'AWS::SQS::Queue').map(({ Properties }) => Number(Properties['VisibilityTimeout'] ?? 0) * 1_000);
    const sweeperMs = constantIn('lib/constructs/scim-function.ts', 'SWEEPER_TIMEOUT_SECONDS') * 1_000;
    const callMs = constantIn('src/dynamodb/retry.ts', 'CALL_TIMEOUT_MS');
    const requestMs = constantIn('lambdas/middleware/observe.ts', 'LONGEST_MS');

    expect(callMs).toBeGreaterThan(0);
    expect(callMs * 2).toBeLessThan(requestMs);
    expect(requestMs).toBeLessThan(Math.min(...timeouts));
    expect(Math.max(...timeouts)).toBeLessThan(Math.min(...patience));
    expect(Math.max(...patience)).toBeLessThanOrEqual(29_000);
    expect(Math.max(...hidden)).toBeGreaterThan(Math.max(...patience));
    expect(Math.max(...hidden)).toBeGreaterThan(sweeperMs);
  });

  it('do no act of administration a second time unasked', () => {
    const template = templateOf();

    template.resourceCountIs('AWS::Lambda::EventInvokeConfig', 1);
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: Match.stringLikeRegexp('^Admin') },
      MaximumRetryAttempts: 0,
      DestinationConfig: Match.absent(),
    });
  });

  it('log to groups of their own that end what they hold when the tenant file says so', () => {
    const template = templateOf({ logRetentionDays: 90 });
    const groups = resourcesOf(template, FUNCTION).map(({ Properties }) => JSON.stringify(Properties['LoggingConfig']));

    expect(new Set(groups).size).toBe(FUNCTIONS.length);
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 90 });
  });

  it('keep their logs beyond the stack in production only', () => {
    templateOf({ environment: 'production' }).allResources('AWS::Logs::LogGroup', { DeletionPolicy: 'Retain' });
    templateOf({ environment: 'dev' }).allResources('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete' });
  });

  it('come without custom resources, which would be functions nobody asked for', () => {
    expect(Object.keys(templateOf().toJSON()['Resources']).join(' ')).not.toMatch(/LogRetention|CustomResource/);
  });
});

describe('roles', () => {
  const template = templateOf();
  const queueId = Object.keys(template.findResources('AWS::SQS::Queue')).find((id) => !id.includes('DeadLetters'));

  it('name neither actions nor resources by wildcard', () => {
    for (const { Properties } of [...resourcesOf(template, 'AWS::IAM::Role'), ...resourcesOf(accountTemplate(), 'AWS::IAM::Role')]) {
      expect(JSON.stringify(Properties)).not.toContain('*');
    }
    template.resourceCountIs('AWS::IAM::Policy', 0);
  });

  it('come without managed policies', () => {
    template.allResourcesProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
  });

  it.each([/^UsersRole/, /^GroupsRole/, /^BulkRole/, /^CatchAllRole/])('let %s change the directory and read credentials', (role) => {
    expect(actionsOf(template, role, TABLE)).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:ConditionCheckItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ]);
    expect(actionsOf(template, role, SECRET)).toEqual(['secretsmanager:GetSecretValue']);
  });

  it('allow what the adapters call, and nothing they do not', () => {
    // A transaction is allowed by the actions of its parts, of which checking a condition is one.
    const called = actionsCalledIn('dynamodb', 'dynamodb').filter((action) => action !== 'dynamodb:TransactWriteItems');

    expect(actionsOf(template, /^SweeperRole/, TABLE).toSorted()).toEqual([...called, 'dynamodb:ConditionCheckItem'].sort());
    expect(actionsOf(template, /^StreamRole/, { 'Fn::GetAtt': [queueId, 'Arn'] })).toEqual(['sqs:SendMessage']);
    const deadLetters = Object.keys(template.findResources('AWS::SQS::Queue')).find((id) => id.includes('DeadLetters'));
    const ofDeadLetters = actionsOf(template, /^AdminRole/, { 'Fn::GetAtt': [deadLetters, 'Arn'] });
    expect([...ofDeadLetters, 'sqs:SendMessageBatch'].sort()).toEqual(actionsCalledIn('aws', 'sqs'));
    expect(actionsCalledIn('aws', 'eventbridge')).toEqual(['eventbridge:PutEvents']);
    expect(actionsOf(template, /^AdminRole/, SECRET)).toEqual(actionsCalledIn('aws', 'secrets-manager'));
  });

  it('let discovery read settings and credentials, nothing else', () => {
    expect(actionsOf(template, /^DiscoveryRole/, TABLE)).toEqual(['dynamodb:BatchGetItem', 'dynamodb:GetItem']);
    expect(actionsOf(template, /^DiscoveryRole/, SECRET)).toEqual(['secretsmanager:GetSecretValue']);
  });

  it('let the token endpoint read settings and credentials and write down an assertion, nothing else', () => {
    expect(actionsOf(template, /^TokenRole/, TABLE)).toEqual(['dynamodb:GetItem', 'dynamodb:PutItem']);
    expect(actionsOf(template, /^TokenRole/, SECRET)).toEqual(['secretsmanager:GetSecretValue']);
  });

  it('let only the sweeper, and admin for a purge, look through the whole table', () => {
    const roles = Object.keys(template.findResources('AWS::IAM::Role')).filter((id) =>
      actionsOf(template, new RegExp(`^${id}$`), TABLE).includes('dynamodb:Scan'),
    );

    expect(roles).toEqual([expect.stringMatching(/^AdminRole/), expect.stringMatching(/^SweeperRole/)]);
  });

  it('let the sweeper read credentials, to warn of those that expire, and keep them from the stream function', () => {
    expect(actionsOf(template, /^SweeperRole/, SECRET)).toEqual(['secretsmanager:GetSecretValue']);
    expect(actionsOf(template, /^StreamRole/, SECRET)).toEqual([]);
  });

  it('let the stream function write the log of events and read what it tells of, and remove nothing', () => {
    expect(actionsOf(template, /^StreamRole/, TABLE)).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:ConditionCheckItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ]);
  });

  it('let the stream function write the log at each age that what it ends with can have', () => {
    const actionOf = { put: 'PutItem', update: 'UpdateItem', delete: 'DeleteItem', check: 'ConditionCheckItem' } as const;
    const hoursLeft = [24, 9, 3];
    const plans = hoursLeft.map((hours) => {
      const last = { generation: 1, position: 1, atMs: 0, ttl: hours * 3_600 };
      return planBehind(last, { events: '[]', writeId: 'w' }, { nowMs: 0, retentionDays: 30 }).plan;
    });
    const needed = plans.flatMap(({ writes }) => writes.map(({ write }) => `dynamodb:${actionOf[write.kind]}`));

    expect([...new Set(needed)].sort()).toEqual(['dynamodb:ConditionCheckItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem']);
    expect(actionsOf(template, /^StreamRole/, TABLE)).toEqual(expect.arrayContaining(needed));
  });

  it('let those publish events who write the log or send again what it has, on the tenant’s bus, and no other', () => {
    const bus = { 'Fn::GetAtt': [Object.keys(template.findResources('AWS::Events::EventBus'))[0], 'Arn'] };
    const roles = Object.keys(template.findResources('AWS::IAM::Role'));

    const publishing = roles.filter((id) => actionsOf(template, new RegExp(`^${id}$`), bus).length > 0);

    expect(publishing).toEqual([
      expect.stringMatching(/^AdminRole/),
      expect.stringMatching(/^StreamRole/),
      expect.stringMatching(/^SweeperRole/),
    ]);
    expect(actionsOf(template, /^StreamRole/, bus)).toEqual(['events:PutEvents']);
    expect(actionsOf(template, /^SweeperRole/, bus)).toEqual(['events:PutEvents']);
  });

  it('let admin have work tried again that was put aside, and the sweeper look where it was in the stream', () => {
    const queues = Object.keys(template.findResources('AWS::SQS::Queue'));
    const deadLetters = { 'Fn::GetAtt': [queues.find((id) => id.includes('DeadLetters')), 'Arn'] };
    const streamArn = { 'Fn::GetAtt': [TABLE['Fn::GetAtt'][0], 'StreamArn'] };

    expect(actionsOf(template, /^AdminRole/, deadLetters)).toEqual([
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ReceiveMessage',
    ]);
    expect(actionsOf(template, /^AdminRole/, { 'Fn::GetAtt': [queueId, 'Arn'] })).toEqual(['sqs:SendMessage']);
    expect(actionsOf(template, /^SweeperRole/, streamArn)).toEqual(['dynamodb:GetRecords', 'dynamodb:GetShardIterator']);
  });

  it('let only admin write credentials', () => {
    expect(actionsOf(template, /^AdminRole/, SECRET)).toEqual([
      'secretsmanager:GetSecretValue',
      'secretsmanager:PutSecretValue',
      'secretsmanager:UpdateSecretVersionStage',
    ]);
  });
});
