import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { renderDocument } from '../../scripts/openapi/document.ts';
import { renderText } from '../../scripts/openapi/text.ts';
import { REFUSALS } from '../../src/scim/errors.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { DEVICE } from '../support/scim-every-type.ts';

// biome-ignore lint/suspicious/noExplicitAny: a document that is looked into at many places
const documentOf = (registry = REGISTRY): any => renderDocument(registry, '1.2.3');

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

describe('the OpenAPI document', () => {
  it('is up to date; npm run openapi writes it', () => {
    expect(readFileSync('docs/reference/openapi.json', 'utf8')).toBe(renderText());
  });

  it.each([
    ['/', ['get']],
    ['/.search', ['post']],
    ['/Bulk', ['post']],
    ['/Me', ['get', 'put', 'patch', 'delete']],
    ['/Users', ['get', 'post']],
    ['/Users/{id}', ['get', 'put', 'patch', 'delete']],
    ['/Users/.search', ['post']],
    ['/Groups', ['get', 'post']],
    ['/Groups/{id}', ['get', 'put', 'patch', 'delete']],
    ['/Groups/.search', ['post']],
    ['/ServiceProviderConfig', ['get']],
    ['/ResourceTypes', ['get']],
    ['/ResourceTypes/{id}', ['get']],
    ['/Schemas', ['get']],
    ['/Schemas/{id}', ['get']],
    ['/oauth2/token', ['post']],
    ['/events', ['get']],
  ])('has %s', (path, methods) => {
    expect(Object.keys(documentOf().paths[path]).filter((name) => METHODS.includes(name))).toEqual(methods);
  });

  it('has every refusal among the answers', () => {
    const responses = Object.values<{ description: string }>(documentOf().components.responses);

    for (const kind of Object.keys(REFUSALS)) {
      expect(responses.filter(({ description }) => description.includes(`\`${kind}\``))).toHaveLength(1);
    }
  });

  it('lets a password be sent and never be returned', () => {
    const { paths, components } = documentOf();

    expect(components.schemas.User.properties).not.toHaveProperty('password');
    expect(components.schemas.UserAttributes.properties).toHaveProperty('password');
    expect(JSON.stringify(paths['/Users'].post.requestBody)).toContain('UserBody');
  });

  it('takes up a resource type that is added, with its attributes and its extensions', () => {
    const { paths, components } = documentOf([...REGISTRY, DEVICE]);

    expect(paths).toHaveProperty([`${DEVICE.endpoint}/{id}`, 'patch']);
    for (const { name } of DEVICE.schema.attributes.filter(({ returned }) => returned !== 'never')) {
      expect(components.schemas[DEVICE.name].properties).toHaveProperty(name);
    }
  });
});
