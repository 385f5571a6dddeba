import { Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccountRootPrincipal, type IPrincipal, PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

export interface TenantKeyProps {
  readonly tenant: string;
  /** `own`, or the ARN of a key that is there already, whose policy has to allow the same. */
  readonly encryptionKey: string;
  /** Keeps the key when the stack is deleted: what it has encrypted is lost without it. */
  readonly retain: boolean;
}

/** The services that read and write for the tenant's functions. */
const SERVICES = ['dynamodb', 'secretsmanager', 'sqs'];

/** What may be done with a key, as opposed to what is done by it. */
const ADMINISTER = [
  'kms:CancelKeyDeletion',
  'kms:DescribeKey',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:RevokeGrant',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateKeyDescription',
];

const USE = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];

/** The key of a tenant that wants one of its own, or brings it. */
export class TenantKey extends Construct {
  readonly key: IKey;

  constructor(scope: Construct, id: string, { tenant, encryptionKey, retain }: TenantKeyProps) {
    super(scope, id);
    this.key =
      encryptionKey === 'own'
        ? new Key(this, 'Resource', {
            description: `Encrypts what is stored of the tenant ${tenant}`,
            enableKeyRotation: true,
            policy: policyIn(Stack.of(this)),
            removalPolicy: retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
            ...(retain ? {} : { pendingWindow: Duration.days(7) }),
          })
        : Key.fromKeyArn(this, 'Brought', encryptionKey);
  }
}

/**
 * Lets IAM decide who uses the key, but through the services that store, and never to decrypt by itself.
 *
 * DynamoDB makes a grant for itself when a table is given the key. Log groups and rules are named by the stack's name.
 */
function policyIn({ stackName, partition, region, account }: Stack): PolicyDocument {
  const root = new AccountRootPrincipal();
  const events = new ServicePrincipal('events.amazonaws.com');
  const through = (...services: readonly string[]) => ({ 'kms:ViaService': services.map(endpointOf), 'kms:CallerAccount': account });
  const groups = `arn:${partition}:logs:${region}:${account}:log-group:${stackName}-*`;
  return new PolicyDocument({
    statements: [
      allow('Administer', root, ADMINISTER),
      allow('UseThroughServices', root, USE, { StringEquals: through(...SERVICES) }),
      allow('TableGrants', root, ['kms:CreateGrant'], { StringEquals: through('dynamodb') }),
      allow('Logs', new ServicePrincipal(`logs.${region}.${Aws.URL_SUFFIX}`), USE, {
        ArnLike: { 'kms:EncryptionContext:aws:logs:arn': groups },
      }),
      // For the bus, and for the daily message to an encrypted queue. For looking at a key AWS documents no condition.
      allow('EventBridge', events, ['kms:Decrypt', 'kms:GenerateDataKey'], { StringEquals: { 'aws:SourceAccount': account } }),
      allow('EventBridgeChecks', events, ['kms:DescribeKey']),
    ],
  });
}

/** In a key's own policy, `*` is that key. */
const allow = (sid: string, principal: IPrincipal, actions: string[], conditions: Record<string, unknown> = {}): PolicyStatement =>
  new PolicyStatement({ sid, principals: [principal], actions, resources: ['*'], conditions });

/** A service as `kms:ViaService` names it. */
export const endpointOf = (service: string): string => `${service}.${Aws.REGION}.${Aws.URL_SUFFIX}`;
