import { describe, expect, it } from '@jest/globals';
import { FEATURES, renderResourceType, renderSchema, renderServiceProviderConfig } from '../../../src/scim/discovery.ts';
import type { Json } from '../../../src/scim/json.ts';
import { GROUP, REGISTRY, USER } from '../../../src/scim/schema/resource-types.ts';
import { ENTERPRISE } from './documents.ts';

const BASE = 'https://host/scim/v2';
const schemas = REGISTRY.flatMap(({ schema, extensions }) => [schema, ...extensions.map((extension) => extension.schema)]);

describe('the service provider configuration', () => {
  it('claims what the service does, and nothing else', () => {
    expect(renderServiceProviderConfig(BASE)).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 200, maxPayloadSize: 1_048_576 },
      filter: { supported: true, maxResults: 200 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      pagination: {
        cursor: true,
        index: true,
        defaultPaginationMethod: 'index',
        defaultPageSize: 100,
        maxPageSize: 200,
        cursorTimeout: 3_600,
      },
      authenticationSchemes: [
        { type: 'oauthbearertoken', name: expect.stringMatching(/\S/), description: expect.stringContaining('token'), primary: true },
        {
          type: 'oauth2',
          name: expect.stringMatching(/\S/),
          description: expect.stringContaining(`${BASE}/oauth2/token`),
          specUri: expect.stringContaining('rfc6749'),
          primary: false,
        },
      ],
      meta: { resourceType: 'ServiceProviderConfig', location: `${BASE}/ServiceProviderConfig` },
    });
  });

  it('offers neither bulk nor filters where none are allowed', () => {
    const features = { ...FEATURES, bulk: { maxOperations: 0, maxPayloadBytes: 1_000 }, filter: { maxResults: 0 } };

    expect(renderServiceProviderConfig(BASE, features)).toMatchObject({
      bulk: { supported: false, maxOperations: 0, maxPayloadSize: 1_000 },
      filter: { supported: false, maxResults: 0 },
    });
  });
});

describe('a resource type', () => {
  it('names its endpoint, its schema and its extensions', () => {
    expect(renderResourceType(USER, BASE)).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
      id: 'User',
      name: 'User',
      endpoint: '/Users',
      schema: USER.schema.id,
      schemaExtensions: [{ schema: ENTERPRISE, required: false }],
      meta: { resourceType: 'ResourceType', location: `${BASE}/ResourceTypes/User` },
    });
  });

  it('says nothing of extensions where it has none', () => {
    expect(renderResourceType(GROUP, BASE)).not.toHaveProperty('schemaExtensions');
  });
});

describe.each(schemas)('the schema $name', (schema) => {
  const rendered = renderSchema(schema, BASE);

  it('is found under its URN', () => {
    expect(rendered).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
      id: schema.id,
      meta: { resourceType: 'Schema', location: `${BASE}/Schemas/${schema.id}` },
    });
  });

  it('has a description and every characteristic of RFC 7643 §2.2 for every attribute, and no null', () => {
    const characteristics = ['name', 'type', 'description', 'multiValued', 'required', 'caseExact', 'mutability', 'returned', 'uniqueness'];

    for (const attribute of attributesIn(rendered)) {
      expect(Object.keys(attribute)).toEqual(expect.arrayContaining(characteristics));
      expect(attribute).toMatchObject({ description: expect.stringMatching(/\S/) });
      expect(Object.values(attribute)).not.toContain(null);
    }
  });

  it('shows nothing of ours that the RFC does not know', () => {
    expect(attributesIn(rendered).flatMap(Object.keys)).not.toContain('maxBytes');
  });
});

describe('the user schema', () => {
  it('says that a userName is unique whatever its case, and a password never seen again', () => {
    const attributes = attributesIn(renderSchema(USER.schema, BASE));

    expect(attributes.find(({ name }) => name === 'userName')).toMatchObject({ uniqueness: 'server', caseExact: false, required: true });
    expect(attributes.find(({ name }) => name === 'password')).toMatchObject({ mutability: 'writeOnly', returned: 'never' });
  });
});

type Rendered = { readonly [name: string]: Json };

function attributesIn({ attributes, subAttributes }: Rendered): readonly Rendered[] {
  const own = [attributes, subAttributes].flatMap((list) => (Array.isArray(list) ? (list as Rendered[]) : []));
  return own.flatMap((attribute) => [attribute, ...attributesIn(attribute)]);
}
