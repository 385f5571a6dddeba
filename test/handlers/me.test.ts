import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

let nobody: Endpoint;
let endpoint: Endpoint;
let id: string;

beforeAll(async () => {
  nobody = await openEndpoint();
  id = (await nobody.send('POST', '/Users', { body: { schemas: [USER], userName: 'ada', displayName: 'Ada' } })).json.id;
  endpoint = await openEndpoint({ policy: { me: { 'credential-1': id } }, openStore: async () => nobody.table });
});

describe('/Me', () => {
  it('is not offered to a credential that stands for nobody', async () => {
    const answers = await Promise.all(['GET', 'PUT', 'PATCH', 'DELETE'].map((method) => nobody.send(method, '/Me', { body: {} })));

    expect(answers.map(({ status }) => status)).toEqual([501, 501, 501, 501]);
    expect(answers[0]?.json.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:Error']);
  });

  it('is 401 without a token, as every path', async () => {
    expect((await nobody.send('GET', '/Me', { token: undefined })).status).toBe(401);
  });

  it('is the user that the setting names, at its permanent address', async () => {
    const { status, json, headers, line } = await endpoint.send('GET', '/Me', { query: { attributes: 'userName' } });

    expect([status, json.id, json.userName]).toEqual([200, id, 'ada']);
    expect(json).not.toHaveProperty('displayName');
    expect(headers['location']).toMatch(new RegExp(`/Users/${id}$`));
    expect(line).toMatchObject({ operation: 'read', resourceType: 'User', resourceId: id });
  });

  it('can be changed as that user can', async () => {
    const patched = await endpoint.send('PATCH', '/Me', {
      body: { schemas: [PATCH], Operations: [{ op: 'replace', path: 'nickName', value: 'A' }] },
      headers: { 'If-Match': 'W/"1"' },
    });
    const replaced = await endpoint.send('PUT', '/Me', { body: { schemas: [USER], userName: 'ada', title: 'Countess' } });

    expect([patched.status, patched.json.nickName]).toEqual([200, 'A']);
    expect([replaced.status, replaced.json.title, replaced.json.nickName]).toEqual([200, 'Countess', undefined]);
  });

  it('takes no POST: whom the credential stands for is there already', async () => {
    const { status, headers } = await endpoint.send('POST', '/Me', { body: { schemas: [USER], userName: 'eve' } });

    expect([status, headers['allow']]).toEqual([405, 'GET, PUT, PATCH, DELETE']);
  });

  it('is judged by the policy of the application', async () => {
    const policy = { me: { 'credential-1': id }, resourceTypes: ['Group'] };
    const closed = await openEndpoint({ policy, openStore: async () => nobody.table });

    expect((await closed.send('GET', '/Me')).status).toBe(404);
    expect((await closed.send('DELETE', '/Me')).status).toBe(403);
  });

  it('is 404 once that user is gone', async () => {
    const { json } = await nobody.send('POST', '/Users', { body: { schemas: [USER], userName: 'gone' } });
    const gone = await openEndpoint({ policy: { me: { 'credential-1': json.id } }, openStore: async () => nobody.table });

    expect((await gone.send('DELETE', '/Me')).status).toBe(204);
    expect((await gone.send('GET', '/Me')).status).toBe(404);
  });
});
