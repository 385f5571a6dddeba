import type { Reply } from './stand-in.ts';

/** What an action of CloudFormation answers; `inner` is XML. */
export const answered = (action: string, inner: string): Reply => ({
  body: `<${action}Response><${action}Result>${inner}</${action}Result></${action}Response>`,
});

export const refused = (code: string, message: string): Reply => ({
  status: 400,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});

type Stack = { readonly name: string; readonly status?: string; readonly outputs: Readonly<Record<string, string>> };

export function describedStack({ name, status = 'UPDATE_COMPLETE', outputs }: Stack): Reply {
  const members = Object.entries(outputs).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return answered(
    'DescribeStacks',
    `<Stacks><member><StackName>${name}</StackName><StackStatus>${status}</StackStatus><Outputs>${members.join('')}</Outputs></member></Stacks>`,
  );
}

type StackResource = { readonly id?: string; readonly type: string; readonly name: string };

/** @param next token of the page behind this one */
export function listedResources(resources: readonly StackResource[], next?: string): Reply {
  const members = resources.map(
    ({ id = '', type, name }) =>
      `<member><LogicalResourceId>${id}</LogicalResourceId><ResourceType>${type}</ResourceType><PhysicalResourceId>${name}</PhysicalResourceId></member>`,
  );
  const token = next === undefined ? '' : `<NextToken>${next}</NextToken>`;
  return answered('ListStackResources', `<StackResourceSummaries>${members.join('')}</StackResourceSummaries>${token}`);
}
