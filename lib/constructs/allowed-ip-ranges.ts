import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';

const INVOKE = { principals: [new AnyPrincipal()], actions: ['execute-api:Invoke'], resources: ['execute-api:/*'] };

/** The resource policy of an API that only these addresses reach; whatever else calls gets the gateway's 403. */
export const allowOnly = (ranges: readonly string[]): PolicyDocument =>
  new PolicyDocument({
    statements: [
      new PolicyStatement({ sid: 'Invoke', ...INVOKE }),
      new PolicyStatement({
        sid: 'FromTheseAddressesOnly',
        effect: Effect.DENY,
        ...INVOKE,
        conditions: { NotIpAddress: { 'aws:SourceIp': [...ranges] } },
      }),
    ],
  });
