import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

export interface ApiFirewallProps {
  readonly stageArn: string;
  /** `own`, or the ARN of a web ACL that is there already. */
  readonly waf: string;
  /** What the stage lets through altogether. */
  readonly requestsPerSecond: number;
}

const WINDOW_SECONDS = 300;

/**
 * Rules of AWS that would refuse what identity providers send: requests without a User-Agent, groups of more than 8 KB,
 * filters of more than 2 KB. The API has limits of its own, which it answers in SCIM.
 */
const LET_IN = ['NoUserAgent_HEADER', 'SizeRestrictions_BODY', 'SizeRestrictions_QUERYSTRING'];

/** A web ACL before the API: the rules of AWS that suit SCIM, and an end to what one address can take from all others. */
export class ApiFirewall extends Construct {
  constructor(scope: Construct, id: string, { stageArn, waf, requestsPerSecond }: ApiFirewallProps) {
    super(scope, id);
    const webAclArn = waf === 'own' ? this.#createWebAcl(requestsPerSecond) : waf;
    new CfnWebACLAssociation(this, 'Association', { resourceArn: stageArn, webAclArn });
  }

  #createWebAcl(requestsPerSecond: number): string {
    const acl = new CfnWebACL(this, 'Resource', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visible('scim'),
      rules: [
        managed(0, 'AWSManagedRulesAmazonIpReputationList'),
        managed(1, 'AWSManagedRulesCommonRuleSet', LET_IN),
        {
          name: 'OneAddress',
          priority: 2,
          action: { block: {} },
          // An identity provider calls from few addresses, so each may use all that the tenant is allowed.
          statement: {
            rateBasedStatement: { aggregateKeyType: 'IP', evaluationWindowSec: WINDOW_SECONDS, limit: requestsPerSecond * WINDOW_SECONDS },
          },
          visibilityConfig: visible('OneAddress'),
        },
      ],
    });
    return acl.attrArn;
  }
}

const managed = (priority: number, name: string, counted: readonly string[] = []): CfnWebACL.RuleProperty => ({
  name,
  priority,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
    },
  },
  visibilityConfig: visible(name),
});

/** No samples: they would show bearer tokens in the console. */
const visible = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  metricName,
  sampledRequestsEnabled: false,
});
