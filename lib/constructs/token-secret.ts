import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

export interface TokenSecretProps {
  /** Name of the tenant, for whoever reads the list of secrets. */
  readonly tenant: string;
  /** Keeps the secret when its stack is deleted. */
  readonly retain: boolean;
  /** Encrypts it; Secrets Manager's own key unless given. */
  readonly key?: IKey | undefined;
}

/**
 * Where a tenant's credentials rest.
 *
 * It is made without a value: one in the template would be written again, over the live tokens, whenever the
 * template changes. The `Secret` construct always generates one, hence the resource itself.
 */
export class TokenSecret extends Construct {
  /** Exact ARN, random suffix included. */
  readonly arn: string;

  constructor(scope: Construct, id: string, { tenant, retain, key }: TokenSecretProps) {
    super(scope, id);
    const secret = new CfnSecret(this, 'Resource', {
      description: `SCIM credentials of the tenant ${tenant}`,
      ...(key && { kmsKeyId: key.keyArn }),
    });
    secret.applyRemovalPolicy(retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
    this.arn = secret.ref;
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'A token is pasted into the identity provider by its administrator, so a rotation by timer would cut provisioning off.',
    });
  }
}
