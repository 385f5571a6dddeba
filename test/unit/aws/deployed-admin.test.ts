import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { invokeDeployedAdmin } from '../../../src/aws/deployed-admin.ts';
import { restoreEnvironment, urlOf } from '../../support/access-secrets.ts';

type Answer = { readonly status?: number; readonly headers?: Record<string, string>; readonly body: string };

const OUTPUTS = { AdminFunctionName: 'scim-example-Admin', TenantUrl: 'https://api.example.com/example/scim/v2' };

/** Two services behind one address: CloudFormation is asked at `/`, Lambda below `/2015-03-31`. */
const world = { stack: (): Answer => stackWith(OUTPUTS), lambda: (): Answer => ({ body: '{"ok":true}' }), invoked: [] as string[] };

const stackWith = (outputs: Readonly<Record<string, string>>): Answer => ({
  body: `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>scim-example</StackName><Outputs>${Object.entries(outputs)
    .map(([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`)
    .join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
});

const queryError = (code: string, message: string): Answer => ({
  status: 400,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});

const answer = async (request: IncomingMessage): Promise<Answer> => {
  const body = (await request.toArray()).join('');
  if (!request.url?.startsWith('/2015-03-31')) return world.stack();
  world.invoked.push(`${request.url} ${body}`);
  return world.lambda();
};

const server = createServer((request, response) => {
  void answer(request).then(({ status = 200, headers = {}, body }) => response.writeHead(status, headers).end(body));
});

beforeEach(async () => {
  Object.assign(world, { stack: () => stackWith(OUTPUTS), lambda: () => ({ body: '{"ok":true}' }), invoked: [] });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: urlOf(server),
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'A',
    AWS_SECRET_ACCESS_KEY: 'S',
  });
});

afterEach(async () => {
  restoreEnvironment();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const refusal = (words: RegExp) => ({ name: 'AdminRefusal', message: expect.stringMatching(words) });

describe('invoking the admin function of a deployed stack', () => {
  it('finds function and Tenant URL by the outputs of the stack', async () => {
    await expect(invokeDeployedAdmin('scim-example', { act: 'token.list' })).resolves.toEqual({
      answer: { ok: true },
      tenantUrl: OUTPUTS.TenantUrl,
    });
    expect(world.invoked).toEqual(['/2015-03-31/functions/scim-example-Admin/invocations {"act":"token.list"}']);
  });

  it('says how to deploy when there is no such stack', async () => {
    world.stack = () => queryError('ValidationError', 'Stack with id scim-example does not exist');

    await expect(invokeDeployedAdmin('scim-example', {})).rejects.toMatchObject(
      refusal(/no stack "scim-example".*npx cdk deploy scim-example/),
    );
  });

  it('says to deploy again when the stack is of a version without the function', async () => {
    world.stack = () => stackWith({});

    await expect(invokeDeployedAdmin('scim-example', {})).rejects.toMatchObject(refusal(/deploy it again/));
  });

  it.each([
    ['AccessDenied', /cloudformation:DescribeStacks on the stack and lambda:InvokeFunction on its admin function/],
    ['ExpiredToken', /sign in again/],
    ['InvalidClientTokenId', /AWS_PROFILE/],
  ])('says what to do about %s', async (code, words) => {
    world.stack = () => queryError(code, 'as AWS words it');

    await expect(invokeDeployedAdmin('scim-example', {})).rejects.toMatchObject(refusal(words));
  });

  const user = 'User: arn:aws:sts::111122223333:assumed-role/support/ada is not authorized to perform:';
  const stack = 'arn:aws:cloudformation:eu-central-1:111122223333:stack/scim-example/*';

  it.each([
    [
      `${user} cloudformation:DescribeStacks on resource: ${stack} because no identity-based policy allows the cloudformation:DescribeStacks action`,
      `arn:aws:sts::111122223333:assumed-role/support/ada lacks the permission cloudformation:DescribeStacks on ${stack}; an operator needs`,
    ],
    [
      `${user} cloudformation:DescribeStacks on resource: ${stack} with an explicit deny in a service control policy`,
      `A policy forbids arn:aws:sts::111122223333:assumed-role/support/ada cloudformation:DescribeStacks on ${stack}: whoever keeps`,
    ],
    [`${user} cloudformation:DescribeStacks`, 'ada lacks the permission cloudformation:DescribeStacks; an operator needs'],
  ])('says which permission is missing on what: %s', async (message, words) => {
    world.stack = () => queryError('AccessDenied', message);

    await expect(invokeDeployedAdmin('scim-example', {})).rejects.toMatchObject({
      name: 'AdminRefusal',
      message: expect.stringContaining(words),
    });
  });

  it('says which permission is missing on the function', async () => {
    const message = `${user} lambda:InvokeFunction on resource: arn:aws:lambda:eu-central-1:111122223333:function:scim-example-Admin`;
    world.lambda = () => ({
      status: 403,
      headers: { 'X-Amzn-ErrorType': 'AccessDeniedException' },
      body: JSON.stringify({ Message: message }),
    });

    await expect(invokeDeployedAdmin('scim-example', {})).rejects.toMatchObject(
      refusal(/ada lacks the permission lambda:InvokeFunction on arn:aws:lambda:\S+:function:scim-example-Admin;/),
    );
  });

  it.each([
    ['TooManyRequestsException', 429, /throttling: try again/],
    ['ResourceNotFoundException', 404, /function of the stack is gone: deploy/],
    ['ServiceException', 500, /failure of its own.*Whether the act took effect/],
  ])('says what to do about %s of Lambda', async (type, status, words) => {
    world.lambda = () => ({ status, headers: { 'X-Amzn-ErrorType': type }, body: '{"Message":"as AWS words it"}' });

    await expect(invokeDeployedAdmin('scim-example', {})).rejects.toMatchObject(refusal(words));
  });

  it('says that there are no credentials', async () => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) delete process.env[name];
    Object.assign(process.env, {
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
    });

    await expect(invokeDeployedAdmin('scim-example', {})).rejects.toMatchObject(refusal(/no AWS credentials: sign in, or set AWS_PROFILE/));
  });

  it.each([
    [
      '{"errorMessage":"2026-06-01T00:00:00.000Z 4711 Task timed out after 29.00 seconds canary-4711"}',
      /after 29 seconds and was stopped: look whether/,
    ],
    ['{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: 1 Error: Task timed out after 3.50 seconds"}', /after 3\.5 seconds/],
    ['{"errorType":"Runtime.OutOfMemory","errorMessage":"RequestId: 1 Error: Runtime exited with error: signal: killed"}', /out of memory/],
  ])('says how the function ended: %s', async (body, words) => {
    world.lambda = () => ({ headers: { 'X-Amz-Function-Error': 'Unhandled' }, body });

    const invoked = invokeDeployedAdmin('scim-example', {});

    await expect(invoked).rejects.toMatchObject(refusal(words));
    await expect(invoked).rejects.toMatchObject({ message: expect.not.stringContaining('4711') });
  });

  it('says that there is no region', async () => {
    delete process.env['AWS_REGION'];
    Object.assign(process.env, { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' });

    await expect(invokeDeployedAdmin('scim-example', {})).rejects.toMatchObject(refusal(/set AWS_REGION/));
  });

  it('says that the region is none', async () => {
    process.env['AWS_REGION'] = 'eu central';

    await expect(invokeDeployedAdmin('scim-example', {})).rejects.toMatchObject(refusal(/set AWS_REGION/));
  });

  it('says that AWS has failed', async () => {
    world.stack = () => ({ ...queryError('InternalFailure', 'boom'), status: 500 });

    await expect(invokeDeployedAdmin('scim-example', {})).rejects.toMatchObject(refusal(/try again/));
  });

  it('never quotes an answer that is no JSON, because it may hold a token', async () => {
    world.lambda = () => ({ body: 'canary-4711' });

    await expect(invokeDeployedAdmin('scim-example', {})).resolves.toMatchObject({ answer: undefined });
  });

  it('says that AWS cannot be reached', async () => {
    process.env['AWS_ENDPOINT_URL'] = 'http://127.0.0.1:1';

    await expect(invokeDeployedAdmin('scim-example', {})).rejects.toMatchObject(refusal(/could not be reached/));
  });

  it('points to the log when the function fails before it can answer', async () => {
    world.lambda = () => ({ headers: { 'X-Amz-Function-Error': 'Unhandled' }, body: '{"errorMessage":"canary-4711"}' });

    const invoked = invokeDeployedAdmin('scim-example', {});

    await expect(invoked).rejects.toMatchObject(refusal(/log group .*AdminLogs/));
    await expect(invoked).rejects.toMatchObject({ message: expect.not.stringContaining('canary') });
  });

  it('never invokes twice, because that could make a second token', async () => {
    world.lambda = () => ({ status: 500, body: '{"Message":"internal"}' });

    await expect(invokeDeployedAdmin('scim-example', {})).rejects.toThrow();
    expect(world.invoked).toHaveLength(1);
  });
});
