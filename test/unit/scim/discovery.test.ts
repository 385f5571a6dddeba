import { describe, expect, it } from '@jest/globals';
import { FEATURES, renderResourceType, renderSchema, renderServiceProviderConfig } from '../../../src/scim/discovery.ts';
import type { Json } from '../../../src/scim/json.ts';
import { REGISTRY, USER } from '../../../src/scim/schema/resource-types.ts';
import { ENTERPRISE } from './documents.ts';

const BASE = 'https://host/scim/v2';
const schemas = REGISTRY.flatMap(({ schema, extensions }) => [schema, ...extensions.map((extension) => extension.schema)]);

describe('the service provider configuration', () => {
  it('claims what the service does, and nothing else', () => {
    expect(renderServiceProviderConfig(BASE)).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
      filter: { supported: true, maxResults: 200 },
      changePassword: { supported: false },
      sort: { supported: false },
      etag: { supported: true },
      authenticationSchemes: [{ type: 'oauthbearertoken' }],
      meta: { resourceType: 'ServiceProviderConfig', location: `${BASE}/ServiceProviderConfig` },
    });
  });

  it('offers bulk as soon as operations are allowed', () => {
    const features = { ...FEATURES, bulk: { maxOperations: 100, maxPayloadBytes: 1_000 } };

    expect(renderServiceProviderConfig(BASE, features)).toMatchObject({
      bulk: { supported: true, maxOperations: 100, maxPayloadSize: 1_000 },
    });
  });
});

describe('a resource type', () => {
  it('names its endpoint, its schema and its extensions', () => {
    expect(renderResourceType(USER, BASE)).toMatchObject({
      id: 'User',
      name: 'User',
      endpoint: '/Users',
      schema: USER.schema.id,
      schemaExtensions: [{ schema: ENTERPRISE, required: false }],
      meta: { resourceType: 'ResourceType', location: `${BASE}/ResourceTypes/User` },
    });
  });
});

describe.each(schemas)('the schema $name', (schema) => {
  const rendered = renderSchema(schema, BASE);

  it('is found under its URN', () => {
    expect(rendered).toMatchObject({ id: schema.id, meta: { resourceType: 'Schema', location: `${BASE}/Schemas/${schema.id}` } });
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
