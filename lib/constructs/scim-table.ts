import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';

export interface ScimTableProps {
  /** Keeps the table when its stack is deleted, and refuses to delete it. */
  readonly retain: boolean;
}

/** The one table of a tenant. It has no secondary index: every read must be strongly consistent. */
export class ScimTable extends Construct {
  readonly table: TableV2;
  readonly streamArn: string;

  constructor(scope: Construct, id: string, { retain }: ScimTableProps) {
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
    const { tableStreamArn } = this.table;
    if (tableStreamArn === undefined) throw new TypeError('the table has no stream');
    this.streamArn = tableStreamArn;
  }
}
