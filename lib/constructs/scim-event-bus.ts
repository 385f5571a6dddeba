import { CfnEventBus, EventBus } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

export interface ScimEventBusProps {
  readonly tenant: string;
  /** Encrypts what rules have not yet matched; a key that AWS owns unless given. */
  readonly key?: IKey | undefined;
}

/**
 * The bus that tells of a tenant's users and groups. Its name is known outside: rules on it are whoever's wants to follow.
 *
 * It keeps nothing that the log of events does not have, and goes with its stack. It has no resource policy: nobody but the
 * tenant's functions puts events, and no other account makes rules.
 */
export class ScimEventBus extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, id: string, { tenant, key }: ScimEventBusProps) {
    super(scope, id);
    this.bus = new EventBus(this, 'Resource', {
      eventBusName: `scim-${tenant}`,
      description: `Changes of the users and groups of ${tenant}`,
    });
    if (key !== undefined) encrypt(this.bus, key);
  }
}

/** The resource itself, because the construct would add to the key's policy, which says it already. */
function encrypt({ node }: EventBus, key: IKey): void {
  const { defaultChild } = node;
  if (!(defaultChild instanceof CfnEventBus)) throw new TypeError('an event bus without its resource');
  defaultChild.kmsKeyIdentifier = key.keyArn;
}
