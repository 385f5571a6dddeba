import { describe, expect, it } from '@jest/globals';
import { creatorsIn, echoOf, parseOperation, referencesOf } from '../../../../src/scim/bulk/operation.ts';
import type { JsonObject } from '../../../../src/scim/json.ts';
import { GROUP, REGISTRY, USER } from '../../../../src/scim/schema/resource-types.ts';

const data = { userName: 'ada' };
const post = (bulkid: string, more: JsonObject = {}): JsonObject => ({ method: 'POST', path: '/Users', bulkid, data, ...more });
const parse = (sent: JsonObject, others: readonly JsonObject[] = []) => {
  const all = [...others, sent];
  return parseOperation(sent, others.length, REGISTRY, creatorsIn(all));
};
const refusalOf = (kind: string, words: RegExp) => expect.objectContaining({ kind, message: expect.stringMatching(words) });

describe('parseOperation', () => {
  it.each<[JsonObject, object]>([
    [post('a'), { at: 'Operations[0]', method: 'POST', type: USER, bulkId: 'a', data }],
    [post('a', { path: 'Groups/' }), { at: 'Operations[0]', method: 'POST', type: GROUP, bulkId: 'a', data }],
    [
      { method: 'put', path: '/Users/1', data, version: 'W/"1"' },
      { at: 'Operations[0]', method: 'PUT', type: USER, id: '1', version: 'W/"1"', data },
    ],
    [
      { method: 'PATCH', path: '/Users/1', data, bulkid: 'b' },
      { at: 'Operations[0]', method: 'PATCH', type: USER, id: '1', bulkId: 'b', data },
    ],
    [
      { method: 'Delete', path: '/Users/1', data, version: null },
      { at: 'Operations[0]', method: 'DELETE', type: USER, id: '1', data: {} },
    ],
    [
      { method: 'DELETE', path: '/Users/1', bulkid: '' },
      { at: 'Operations[0]', method: 'DELETE', type: USER, id: '1', data: {} },
    ],
  ])('understands %j', (sent, understood) => {
    expect(parse(sent)).toEqual(understood);
  });

  it.each<[JsonObject, string, RegExp]>([
    [{ path: '/Users/1' }, 'invalidSyntax', /^Operations\[0\]: method must be one of POST, PUT, PATCH, DELETE/],
    [{ method: 'GET', path: '/Users/1' }, 'invalidSyntax', /method/],
    [{ method: 7, path: '/Users/1' }, 'invalidSyntax', /method/],
    [{ method: 'DELETE' }, 'invalidPath', /the path of a DELETE must be one of \/Users\/<id>, \/Groups\/<id>\./],
    [{ method: 'DELETE', path: '/users/1' }, 'invalidPath', /path/],
    [{ method: 'DELETE', path: '/Users' }, 'invalidPath', /path/],
    [{ method: 'DELETE', path: '/Users/1/2' }, 'invalidPath', /path/],
    [{ method: 'DELETE', path: ['/Users/1'] }, 'invalidPath', /path/],
    [post('a', { path: '/Users/1' }), 'invalidPath', /the path of a POST must be one of \/Users, \/Groups\./],
    [post('a', { path: '/' }), 'invalidPath', /path/],
    [post('a', { data: null }), 'invalidSyntax', /a POST needs data, an object/],
    [post('a', { data: [data] }), 'invalidSyntax', /needs data/],
    [{ method: 'PUT', path: '/Users/1' }, 'invalidSyntax', /a PUT needs data/],
    [{ method: 'DELETE', path: '/Users/1', version: 1 }, 'invalidSyntax', /version must be a string/],
    [{ method: 'POST', path: '/Users', data }, 'invalidValue', /a POST needs a bulkId/],
    [post(''), 'invalidValue', /a POST needs a bulkId/],
    [{ method: 'POST', path: '/Users', bulkid: 1, data }, 'invalidValue', /a POST needs a bulkId/],
    [{ method: 'DELETE', path: '/Users/bulkId:b' }, 'invalidValue', /a bulkId that no POST of this request has/],
    [post('a', { data: { manager: 'bulkId:b' } }), 'invalidValue', /a bulkId that no POST/],
  ])('refuses %j', (sent, kind, words) => {
    expect(() => parse(sent)).toThrow(refusalOf(kind, words));
  });

  it('refuses a bulkId that an earlier POST has, and says which', () => {
    expect(() => parse(post('a'), [post('b'), post('a')])).toThrow(
      refusalOf('invalidValue', /Operations\[2\]: Operations\[1\] has the same bulkId/),
    );
    expect(parse(post('a'), [{ method: 'DELETE', path: '/Users/1', bulkid: 'a' }])).toMatchObject({ bulkId: 'a' });
  });

  it('takes a reference to a POST before or after it', () => {
    expect(parse({ method: 'DELETE', path: '/Users/bulkId:a' }, [post('a')])).toMatchObject({ id: 'bulkId:a' });
    expect(parse(post('b', { data: { manager: 'bulkId:b' } }))).toMatchObject({ data: { manager: 'bulkId:b' } });
  });
});

describe('creatorsIn', () => {
  it('lists the first POST of each bulkId, whatever else is wrong with it', () => {
    const operations = [
      { method: 'PUT', bulkid: 'a' },
      { method: 'post', bulkid: 'a' },
      { method: 'POST', bulkid: 'a' },
      { method: 'POST' },
    ];

    expect([...creatorsIn(operations)]).toEqual([['a', 1]]);
  });
});

describe('referencesOf', () => {
  it.each<[JsonObject, readonly string[]]>([
    [{ method: 'PATCH', path: '/Users/bulkId:a', data: { x: ['bulkId:b', { y: 'bulkId:a' }] } }, ['a', 'b']],
    [{ method: 'POST', path: '/Users/bulkId:a', data: { x: 'bulkId:b' } }, ['b']],
    [{ method: 'DELETE', path: '/Users/bulkId:a', data: { x: 'bulkId:b' } }, ['a']],
    [{ method: 'PUT', path: '/bulkId:a', data: 'bulkId:b' }, []],
    [{ method: 'PUT', data: { x: 'bulkId:b' } }, ['b']],
  ])('of %j are %j', (sent, references) => {
    expect(referencesOf(sent)).toEqual(references);
  });
});

describe('echoOf', () => {
  it.each<[JsonObject, object]>([
    [post('a'), { method: 'POST', bulkId: 'a' }],
    [{ method: 'fetch', bulkid: '' }, { method: 'FETCH' }],
    [{ method: '<b>', bulkid: 3 }, {}],
    [{ method: 'x'.repeat(21) }, {}],
    [{ method: ['POST'], bulkid: 'b' }, { bulkId: 'b' }],
  ])('of %j is %j', (sent, echo) => {
    expect(echoOf(sent)).toEqual(echo);
  });
});
