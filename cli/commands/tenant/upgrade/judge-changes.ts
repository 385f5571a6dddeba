import type { ResourceChange } from '../../../../src/runtime/fleet-client.ts';

/** What is lost with a resource of each type, which CloudFormation would put another in place of, or remove. */
const LOST: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'all users and groups',
  'AWS::DynamoDB::GlobalTable': 'all users and groups',
  'AWS::SecretsManager::Secret': 'all credentials',
  'AWS::ApiGateway::RestApi': 'the Tenant URL that customers have entered',
  'AWS::ApiGateway::Stage': 'the Tenant URL that customers have entered',
  'AWS::ApiGateway::DomainName': 'the Tenant URL that customers have entered',
  'AWS::ApiGatewayV2::DomainName': 'the Tenant URL that customers have entered',
  'AWS::ApiGateway::BasePathMapping': 'the Tenant URL that customers have entered',
  'AWS::ApiGateway::BasePathMappingV2': 'the Tenant URL that customers have entered',
  'AWS::ApiGatewayV2::ApiMapping': 'the Tenant URL that customers have entered',
  'AWS::ApiGateway::Account': 'the access logs of every API of the account',
  'AWS::KMS::Key': 'what is encrypted with it',
  'AWS::Logs::LogGroup': 'the log, and with it the provisioning report',
  'AWS::SQS::Queue': 'work that is left to be done, or was put aside',
  'AWS::Events::EventBus': 'the rules by which others are told of changes',
  'AWS::SNS::Topic': 'the confirmed subscriptions to alarms',
  'AWS::CloudFormation::Stack': 'all that is in it',
};

/** Names each change that would lose what no deployment can bring back. */
export const dangersOf = (changes: readonly ResourceChange[]): readonly string[] =>
  changes.flatMap((change) => {
    const lost = LOST[change.type];
    const fate = fateOf(change);
    return lost === undefined || fate === undefined ? [] : [`${change.logicalId} (${change.type}) ${fate}, and with it ${lost}`];
  });

function fateOf({ action, replacement }: ResourceChange): string | undefined {
  if (action === 'Remove') return 'would be removed';
  if (replacement === 'True') return 'would be replaced';
  return replacement === 'Conditional' || action === 'Dynamic' ? 'might be replaced' : undefined;
}

const MARKS = { Add: '+', Remove: '-', Modify: '~', Import: '+', Dynamic: '?' } as const;

/** One line for each resource. */
export const describeChanges = (changes: readonly ResourceChange[]): readonly string[] =>
  changes.map(({ action, logicalId, type, replacement }) => {
    const fate = { True: ', replaced', Conditional: ', perhaps replaced', False: '' }[replacement];
    return `  ${MARKS[action]} ${logicalId} (${type}${fate})`;
  });
