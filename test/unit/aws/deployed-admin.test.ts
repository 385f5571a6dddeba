import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { invokeDeployedAdmin } from '../../../src/aws/deployed-admin.ts';
import { restoreEnvironment } from '../../support/access-secrets.ts';
import { describedStack, refused } from '../../support/aws/cloud-formation.ts';
import { type Reply, type StandIn, startStandIn } from '../../support/aws/stand-in.ts';

const OUTPUTS = { AdminFunctionName: 'scim-example-Admin', TenantUrl: 'https://api.example.com/example/scim/v2' };

/** Two services behind one address: CloudFormation is asked at `/`, Lambda below `/2015-03-31`. */
const world = { stack: (): Reply => stackWith(OUTPUTS), lambda: (): Reply => ({ body: '{"ok":true}' }), invoked: [] as string[] };

const stackWith = (outputs: Readonly<Record<string, string>>): Reply => describedStack({ name: 'scim-example', outputs });

let standIn: StandIn;

beforeEach(async () => {
  Object.assign(world, { stack: () => stackWith(OUTPUTS), lambda: () => ({ body: '{"ok":true}' }), invoked: [] });
  standIn = await startStandIn(({ url = '' }, body) => {
    if (!url.startsWith('/2015-03-31')) return world.stack();
    world.invoked.push(`${url} ${body}`);
    return world.lambda();
  });
  Object.assign(process.env, standIn.variables);
});

afterEach(async () => {
  restoreEnvironment();
  await standIn.close();
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
    world.stack = () => refused('ValidationError', 'Stack with id scim-example does not exist');

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
    world.stack = () => refused(code, 'as AWS words it');

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
    world.stack = () => refused('AccessDenied', message);

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
    world.stack = () => ({ ...refused('InternalFailure', 'boom'), status: 500 });

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
