import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, CfnGlobalTable, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

export interface ScimTableProps {
  /** Keeps the table when its stack is deleted, and refuses to delete it. */
  readonly retain: boolean;
  /** Encrypts it; a key that AWS owns unless given. */
  readonly key?: IKey | undefined;
}

/** The one table of a tenant. It has no secondary index: every read must be strongly consistent. */
export class ScimTable extends Construct {
  readonly table: TableV2;
  readonly streamArn: string;

  constructor(scope: Construct, id: string, { retain, key }: ScimTableProps) {
    super(scope, id);
    this.table = new TableV2(this, 'Resource', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billing: Billing.onDemand(),
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: 'ttl',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: retain,
      removalPolicy: retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    if (key !== undefined) encrypt(this.table, key);
    const { tableStreamArn } = this.table;
    if (tableStreamArn === undefined) throw new TypeError('the table has no stream');
    this.streamArn = tableStreamArn;
  }
}

/** The construct would ask for the region, which a stack learns only when it is deployed. */
function encrypt({ node }: TableV2, key: IKey): void {
  const { defaultChild } = node;
  if (!(defaultChild instanceof CfnGlobalTable)) throw new TypeError('a table without its resource');
  defaultChild.addPropertyOverride('SSESpecification', { SSEEnabled: true, SSEType: 'KMS' });
  defaultChild.addPropertyOverride('Replicas.0.SSESpecification', { KMSMasterKeyId: key.keyArn });
}
