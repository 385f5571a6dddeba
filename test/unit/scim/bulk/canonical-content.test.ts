import { describe, expect, it } from '@jest/globals';
import { canonicalContent } from '../../../../src/scim/bulk/canonical-content.ts';
import type { JsonObject } from '../../../../src/scim/json.ts';
import { attribute } from '../../../../src/scim/schema/attribute.ts';
import { REGISTRY, USER } from '../../../../src/scim/schema/resource-types.ts';

const content = (body: JsonObject): string => canonicalContent(body, REGISTRY);

describe('canonicalContent', () => {
  it('is the same text whatever the order of the names, at any depth', () => {
    expect(content({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
    expect(content({ a: null, b: [{ c: 2, d: 1 }] })).toBe(content({ b: [{ d: 1, c: 2 }], a: null }));
  });

  it.each<[JsonObject, JsonObject]>([
    [{ a: [1, 2] }, { a: [2, 1] }],
    [{ a: '1' }, { a: 1 }],
    [{ a: 'x' }, { A: 'x' }],
    [{ a: null }, {}],
  ])('tells %j from %j', (left, right) => {
    expect(content(left)).not.toBe(content(right));
  });

  it.each<JsonObject>([
    { userName: 'u', password: 'secret' },
    { userName: 'u', PassWord: { value: 'secret' } },
    { userName: 'u', [`${USER.schema.id}:password`]: 'secret' },
  ])('leaves out the password in %j', (data) => {
    expect(content(data)).toBe('{"userName":"u"}');
  });

  it.each(['path', 'Path'])('leaves out what a PATCH sets a password to, its path under %s', (path) => {
    expect(content({ op: 'replace', [path]: 'password', Value: 'secret' })).not.toContain('secret');
    expect(content({ op: 'replace', [path]: 'title', value: 'known' })).toContain('known');
    expect(content({ [path]: 'password', value: 'of something that is no PATCH' })).toContain('no PATCH');
  });

  it('leaves out nothing that another attribute has the name of, too', () => {
    const secretive = {
      ...USER,
      schema: { ...USER.schema, attributes: [...USER.schema.attributes, attribute('value', { mutability: 'writeOnly' })] },
    };

    expect(canonicalContent({ members: [{ value: '1' }], password: 'x' }, [secretive])).toBe('{"members":[{"value":"1"}]}');
  });
});
