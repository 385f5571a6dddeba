import { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface LogKeeping {
  readonly retentionDays: RetentionDays;
  /** Keeps what was logged when the stack is deleted. */
  readonly retain: boolean;
  /** Encrypts what is logged; CloudWatch's own key unless given. */
  readonly key?: IKey | undefined;
}

/** A log group that ends its events by itself; CloudFormation names it, so that a retained one is in nobody's way. */
export class ScimLogGroup extends Construct {
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, { retentionDays, retain, key }: LogKeeping) {
    super(scope, id);
    this.logGroup = new LogGroup(this, 'Resource', {
      retention: retentionDays,
      removalPolicy: retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      ...(key && { encryptionKey: key }),
    });
  }
}
