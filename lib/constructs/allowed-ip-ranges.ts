import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';

const INVOKE = { principals: [new AnyPrincipal()], actions: ['execute-api:Invoke'], resources: ['execute-api:/*'] };

/**
 * The resource policy of an API that only these addresses reach; whatever else calls gets the gateway's 403.
 *
 * Without any, it lets everybody in and says so: CloudFormation leaves the last policy in force when a template has none
 * any more (https://github.com/aws/aws-cdk/issues/21840), so that a range could never be taken back.
 */
export const allowOnly = (ranges: readonly string[] | undefined): PolicyDocument =>
  new PolicyDocument({
    statements: [new PolicyStatement({ sid: 'Invoke', ...INVOKE }), ...(ranges === undefined ? [] : [refuseAllBut(ranges)])],
  });

const refuseAllBut = (ranges: readonly string[]): PolicyStatement =>
  new PolicyStatement({
    sid: 'FromTheseAddressesOnly',
    effect: Effect.DENY,
    ...INVOKE,
    conditions: { NotIpAddress: { 'aws:SourceIp': [...ranges] } },
  });
