import { describe, expect, it } from '@jest/globals';
import { openEndpoint } from '../support/endpoint.ts';

const SCHEMAS = ['urn:ietf:params:scim:schemas:core:2.0:User'];
const GROUP = ['urn:ietf:params:scim:schemas:core:2.0:Group'];

describe.each([
  ['no path', '', 'https://scim.example.net/scim/v2'],
  ['one segment', 'ACME_PRD', 'https://scim.example.net/ACME_PRD/scim/v2'],
  ['several segments', 'rfpserver/customers/acme', 'https://scim.example.net/rfpserver/customers/acme/scim/v2'],
])('a tenant at a domain of its own, with %s', (_title, path, base) => {
  const domain = { name: 'scim.example.net', path };

  it('answers with addresses at that domain', async () => {
    const { send } = await openEndpoint();

    const created = await send('POST', '/Users', { domain, body: { schemas: SCHEMAS, userName: 'bjensen' } });
    const { id } = created.json;
    const group = await send('POST', '/Groups', { domain, body: { schemas: GROUP, displayName: 'Tour Guides', members: [{ value: id }] } });

    expect(created).toMatchObject({ status: 201, headers: { location: `${base}/Users/${id}` } });
    expect(created.json.meta.location).toBe(`${base}/Users/${id}`);
    expect(group.json.members[0].$ref).toBe(`${base}/Users/${id}`);
    expect((await send('GET', `/Users/${id}`, { domain })).json.groups[0].$ref).toBe(`${base}/Groups/${group.json.id}`);
  });

  it('is found by what it answered', async () => {
    const { send } = await openEndpoint();
    const { json } = await send('POST', '/Users', { domain, body: { schemas: SCHEMAS, userName: 'bjensen' } });
    const below = String(json.meta.location).slice(base.length);

    expect((await send('GET', below, { domain })).json.id).toBe(json.id);
    expect((await send('GET', '/ServiceProviderConfig', { domain })).json.meta.location).toBe(`${base}/ServiceProviderConfig`);
  });

  it('gives one resource the addresses of each domain it is asked at', async () => {
    const { send } = await openEndpoint();
    const { json } = await send('POST', '/Users', { domain, body: { schemas: SCHEMAS, userName: 'bjensen' } });

    expect((await send('GET', `/Users/${json.id}`)).json.meta.location).toBe(`https://api.example.com/acme/scim/v2/Users/${json.id}`);
  });
});
