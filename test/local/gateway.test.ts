import { describe, expect, it } from '@jest/globals';
import type { SentRequest } from '../../local/gateway/event.ts';
import { createGateway, type GatewayOptions, type Handler } from '../../local/gateway/gateway.ts';

const TENANT = {
  name: 'example',
  stage: 'example',
  basePath: '/scim/v2',
  retentionDays: 30,
  audit: { identifiers: 'plain' as const },
  events: { values: 'none' as const, retentionDays: 30 },
};
const NEVER: Handler = () => new Promise(() => {});

const gatewayWith = (handler: Handler, options: Partial<GatewayOptions> = {}) =>
  createGateway({
    tenant: TENANT,
    handlers: { users: handler, groups: NEVER, bulk: NEVER, discovery: NEVER, token: NEVER, events: NEVER, 'catch-all': NEVER },
    newRequestId: () => 'r-1',
    onCrash: () => {},
    ...options,
  });

const aRequest = (path: string, query = ''): SentRequest => ({
  method: 'GET',
  path,
  query,
  headers: [],
  body: Buffer.alloc(0),
  sourceIp: '127.0.0.1',
});

const USERS = aRequest('/example/scim/v2/Users');

const bodyOf = (answer: { readonly body: Buffer }): unknown => JSON.parse(answer.body.toString());

describe('gateway', () => {
  it('passes on what the function answered, with the request id beside it', async () => {
    const gateway = gatewayWith(async () => ({ statusCode: 201, headers: { Location: 'x' }, body: '{}' }));

    const { answer, resource } = await gateway(USERS);

    expect(answer).toMatchObject({ status: 201, body: Buffer.from('{}') });
    expect(answer.headers).toEqual([
      ['Location', 'x'],
      ['x-amzn-RequestId', 'r-1'],
    ]);
    expect(resource).toBe('/Users');
  });

  it('writes a header as often as it has values', async () => {
    const gateway = gatewayWith(async () => ({ statusCode: 200, multiValueHeaders: { Link: ['a', 'b'] } }));

    const { answer } = await gateway(USERS);

    expect(answer.headers).toEqual(
      expect.arrayContaining([
        ['Link', 'a'],
        ['Link', 'b'],
      ]),
    );
  });

  it.each(['/', '/other/scim/v2/Users', '/examples'])('refuses %s, which is outside the stage, with a SCIM error', async (path) => {
    const { answer } = await gatewayWith(NEVER)(aRequest(path));

    expect(answer.status).toBe(403);
    expect(answer.headers).toContainEqual(['Content-Type', 'application/scim+json']);
    expect(bodyOf(answer)).toMatchObject({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '403' });
  });

  it.each([
    ['/example/scim/v2/Users/%', ''],
    ['/example/scim/v2/Users', 'filter=%'],
  ])('refuses %s?%s, which encodes nothing, with 400', async (path, query) => {
    const { answer } = await gatewayWith(NEVER)(aRequest(path, query));

    expect(answer.status).toBe(400);
    expect(bodyOf(answer)).toMatchObject({ status: '400' });
  });

  it('gives up on a function that takes too long, with 504 and a time to come back', async () => {
    const { answer } = await gatewayWith(NEVER, { timeoutMs: 5 })(USERS);

    expect(answer.status).toBe(504);
    expect(answer.headers).toContainEqual(['Retry-After', '5']);
  });

  it('answers 502 for a function that crashes, and keeps the reason from the client', async () => {
    const seen: unknown[] = [];
    const crash = new RangeError('bjensen');
    const gateway = gatewayWith(() => Promise.reject(crash), { onCrash: (_name, error) => seen.push(error) });

    const { answer } = await gateway(USERS);

    expect(answer.status).toBe(502);
    expect(answer.body.toString()).not.toContain('bjensen');
    expect(seen).toEqual([crash]);
  });

  it.each([undefined, {}, { statusCode: '200' }, { statusCode: 200, body: {} }])(
    'answers 502 for %j, which is no result',
    async (result) => {
      const { answer } = await gatewayWith(async () => result)(USERS);

      expect(answer.status).toBe(502);
    },
  );

  it('tells the function how much time it has left', async () => {
    let clock = 0;
    const left: number[] = [];
    const handler: Handler = async (_event, context) => {
      clock += 3_000;
      left.push(context.getRemainingTimeInMillis());
      return { statusCode: 200 };
    };

    await gatewayWith(handler, { now: () => clock })(USERS);

    expect(left).toEqual([25_000]);
  });
});
