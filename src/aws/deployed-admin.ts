import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { AdminRefusal } from '../access/admin-refusal.ts';
import { invokeAdminFunction } from './admin-function.ts';
import { explainFailure } from './explain-failure.ts';
import { readStackOutputs } from './stack.ts';

export type DeployedAnswer = { readonly answer: unknown; readonly tenantUrl: string | undefined };

/**
 * Invokes the admin function of a deployed stack, with the credentials and region of the usual AWS environment.
 *
 * The invocation is sent once: a repeated one could make a second token.
 *
 * @throws {AdminRefusal} saying what the operator has to set right
 */
export async function invokeDeployedAdmin(stackName: string, request: unknown, signal?: AbortSignal): Promise<DeployedAnswer> {
  try {
    const outputs = await readStackOutputs(new CloudFormationClient({ maxAttempts: 3 }), stackName);
    const functionName = outputs.get('AdminFunctionName');
    if (functionName === undefined) {
      throw new AdminRefusal(`The stack "${stackName}" has no output AdminFunctionName: deploy it again with this version.`);
    }
    const answer = await invokeAdminFunction(new LambdaClient({ maxAttempts: 1 }), functionName, request, signal);
    return { answer, tenantUrl: outputs.get('TenantUrl') };
  } catch (error) {
    throw explainFailure(error);
  }
}
