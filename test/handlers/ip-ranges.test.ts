import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';

const OFFICE = '203.0.113.7';
const ELSEWHERE = '198.51.100.9';
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

let endpoint: Endpoint;

beforeAll(async () => {
  endpoint = await openEndpoint({ policy: { ipRanges: ['203.0.113.0/28', '2001:db8:1::/48'] } });
});

/** Each with an address of the office: what proxies, and those who would like to pass for one, write into headers. */
const FORGED = [
  'X-Forwarded-For',
  'x-forwarded-for',
  'X-FORWARDED-FOR',
  'Forwarded',
  'X-Forwarded',
  'Forwarded-For',
  'X-Real-IP',
  'X-Client-IP',
  'Client-IP',
  'X-Cluster-Client-IP',
  'True-Client-IP',
  'CF-Connecting-IP',
  'CF-Connecting-IPv6',
  'Fastly-Client-IP',
  'X-Azure-ClientIP',
  'X-Azure-SocketIP',
  'X-Appengine-User-IP',
  'X-Envoy-External-Address',
  'X-Original-Forwarded-For',
  'X-Originating-IP',
  'X-Remote-IP',
  'X-Remote-Addr',
  'X-Host',
  'X-ProxyUser-Ip',
  'Via',
  'CloudFront-Viewer-Address',
  'X-Amzn-Source-IP',
  'sourceIp',
] as const;

const claim = (name: string): string => (name === 'Forwarded' ? `for=${OFFICE};proto=https` : OFFICE);

describe('an application that is limited to address ranges', () => {
  it.each([OFFICE, `::ffff:${OFFICE}`, '2001:db8:1::25'])('serves a request from %s', async (sourceIp) => {
    const { status, line } = await endpoint.send('GET', '/Users', { sourceIp });

    expect(status).toBe(200);
    expect(line).not.toHaveProperty('sourceIp');
  });

  it('refuses one from elsewhere, naming the setting and not the address, which is in the log', async () => {
    const { status, json, line } = await endpoint.send('GET', '/Users', { sourceIp: ELSEWHERE });

    expect(status).toBe(403);
    expect(json.detail).toMatch(/takes no requests from the address of the sender.*ipRanges/);
    expect(json.detail).not.toContain(ELSEWHERE);
    expect(line).toMatchObject({ refusal: 'addressNotAllowed', sourceIp: ELSEWHERE, application: 'default', storeCalls: 0 });
  });

  it.each(FORGED)('is not misled by the header %s', async (name) => {
    const inside = await endpoint.send('GET', '/Users', { sourceIp: OFFICE, headers: { [name]: ELSEWHERE } });
    const outside = await endpoint.send('GET', '/Users', { sourceIp: ELSEWHERE, headers: { [name]: claim(name) } });

    expect([inside.status, outside.status]).toEqual([200, 403]);
  });

  it('is not misled by all of them at once, each given several times', async () => {
    const headers = Object.fromEntries(FORGED.map((name) => [name, `${claim(name)}, ${claim(name)}`]));

    expect((await endpoint.send('GET', '/Users', { sourceIp: ELSEWHERE, headers })).status).toBe(403);
  });

  it.each([
    ['GET', '/ServiceProviderConfig'],
    ['GET', '/Schemas'],
    ['GET', '/ResourceTypes'],
    ['POST', '/Users'],
    ['POST', '/Bulk'],
    ['POST', '/.search'],
    ['GET', '/Me'],
    ['GET', '/'],
    ['GET', '/NoSuchEndpoint'],
    ['PUT', '/Schemas'],
  ])('says so before anything else about %s %s', async (method, path) => {
    const { status, line } = await endpoint.send(method, path, { sourceIp: ELSEWHERE, text: method === 'GET' ? '' : 'no JSON' });

    expect([status, line.refusal]).toEqual([403, 'addressNotAllowed']);
  });

  it.each([OFFICE, ELSEWHERE])('says 401 first: who has no token learns nothing of the ranges (%s)', async (sourceIp) => {
    const { status, text } = await endpoint.send('GET', '/Users', { sourceIp, token: undefined });

    expect([status, text]).toEqual([401, (await endpoint.send('GET', '/Users', { token: undefined })).text]);
  });

  it('creates nothing for a sender from elsewhere', async () => {
    const body = { schemas: [USER], userName: 'outsider' };

    const refused = await endpoint.send('POST', '/Users', { sourceIp: ELSEWHERE, body });

    const { json } = await endpoint.send('GET', '/Users', { sourceIp: OFFICE, query: { filter: 'userName eq "outsider"' } });
    expect([refused.status, json.totalResults]).toEqual([403, 0]);
  });
});
