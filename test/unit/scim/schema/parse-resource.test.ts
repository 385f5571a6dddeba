import { describe, expect, it } from '@jest/globals';
import type { Json, JsonObject } from '../../../../src/scim/json.ts';
import { ALL_LENIENCIES, NO_LENIENCIES } from '../../../../src/scim/leniency.ts';
import { attribute } from '../../../../src/scim/schema/attribute.ts';
import { parseResource } from '../../../../src/scim/schema/parse-resource.ts';
import { MAX_VALUES } from '../../../../src/scim/schema/parse-value.ts';
import type { ResourceType } from '../../../../src/scim/schema/resource-type.ts';
import { GROUP, USER } from '../../../../src/scim/schema/resource-types.ts';
import { aUser, ENTERPRISE, refusal } from '../documents.ts';

const SCHEMAS = { schemas: [USER.schema.id] };
const parse = (body: JsonObject, leniencies = ALL_LENIENCIES) => parseResource(USER, { ...SCHEMAS, userName: 'a', ...body }, leniencies);
const documentOf = (body: JsonObject) => parse(body).document;

describe('a resource', () => {
  it('is kept as it was sent', () => {
    expect(parseResource(USER, { ...SCHEMAS, ...aUser() }, NO_LENIENCIES)).toEqual({ document: aUser(), ignored: [] });
  });

  it('comes under canonical names, whatever the case of those sent', () => {
    const body = { SCHEMAS: SCHEMAS.schemas, USERNAME: 'a', Name: { GIVENNAME: 'g' }, [ENTERPRISE.toUpperCase()]: { Department: 'd' } };

    expect(parseResource(USER, body, NO_LENIENCIES).document).toEqual({
      userName: 'a',
      name: { givenName: 'g' },
      [ENTERPRISE]: { department: 'd' },
    });
  });

  it('takes core attributes under their full names', () => {
    expect(documentOf({ [`${USER.schema.id}:title`]: 'Guide' })).toEqual({ userName: 'a', title: 'Guide' });
  });

  it('says nothing of what is unassigned', () => {
    const unassigned = {
      addresses: null,
      emails: [],
      roles: [null],
      name: {},
      phoneNumbers: [{ type: 'work', value: null }],
      [ENTERPRISE]: null,
    };

    expect(documentOf({ ...unassigned, nickName: null, displayName: '' })).toEqual({ userName: 'a' });
    expect(documentOf({ [ENTERPRISE]: { manager: { value: '' }, department: null } })).toEqual({ userName: 'a' });
  });

  it('loses what only the server writes, and the password', () => {
    expect(documentOf({ id: '1', meta: { created: 'x' }, groups: [{ value: 'g' }], password: 'secret' })).toEqual({ userName: 'a' });
    expect(documentOf({ [ENTERPRISE]: { manager: { value: 'm', displayName: 'Boss' } } })[ENTERPRISE]).toEqual({ manager: { value: 'm' } });
  });

  it('names what no schema knows', () => {
    const body = { favouriteColour: 'red', name: { givenName: 'g', petName: 'p' }, emails: [{ value: 'v', confirmed: true }] };

    expect(parse({ ...body, [ENTERPRISE]: { shoeSize: 7, 'manager.value': 'x' }, 'name.givenName': 'x' })).toEqual({
      document: { userName: 'a', name: { givenName: 'g' }, emails: [{ value: 'v' }] },
      ignored: [
        'favouriteColour',
        'name.petName',
        'emails.confirmed',
        `${ENTERPRISE}:shoeSize`,
        `${ENTERPRISE}:manager.value`,
        'name.givenName',
      ],
    });
  });

  it('takes nothing from names that are special to the language', () => {
    const body = JSON.parse('{"__proto__":{"userName":"evil"},"constructor":1,"name":{"__proto__":{"x":1},"givenName":"g"}}');

    const { document, ignored } = parse(body);

    expect(document).toEqual({ userName: 'a', name: { givenName: 'g' } });
    expect(ignored).toEqual(['__proto__', 'constructor', 'name.__proto__']);
    expect(Object.getPrototypeOf(document)).toBe(Object.prototype);
  });

  it('holds the last of two that differ in case', () => {
    expect(documentOf({ title: 'first', TITLE: 'last' })['title']).toBe('last');
    expect(documentOf({ title: 'first', TITLE: null })).not.toHaveProperty('title');
  });

  it('may name its schemas last', () => {
    expect(parseResource(USER, { userName: 'a', ...SCHEMAS }, NO_LENIENCIES).document).toEqual({ userName: 'a' });
  });

  it('has the attributes of an extension in the object of the extension, not beside it', () => {
    const department = `${ENTERPRISE}:department`;

    expect(parse({ [department]: 'Tours' })).toEqual({ document: { userName: 'a' }, ignored: [department] });
  });
});

describe('a value', () => {
  it.each<[string, JsonObject, string]>([
    ['a string that is a number', { title: 7 }, 'title must be a string, not this number'],
    ['a boolean that is a number', { active: 1 }, 'active must be true or false'],
    ['a boolean that is another word', { active: 'yes' }, 'active must be true or false, not this string'],
    ['a list that is a number', { emails: 7 }, 'emails[0] must be an object, not this number'],
    ['a complex value that is a number', { name: 7 }, 'name must be an object'],
    ['a complex value without "value" that is a string', { name: 'Babs' }, 'name must be an object, not this string'],
    ['an element that is a list of two', { emails: [['a', 'b']] }, 'emails[0] must be an object, not a list'],
    ['a part of an element', { emails: [{ value: 'a' }, { value: { x: 1 } }] }, 'emails[1].value must be a string, not an object'],
    ['a list where one belongs', { title: ['a', 'b'] }, 'title must be a string, not a list'],
    ['an extension that is a string', { [ENTERPRISE]: 'x' }, `${ENTERPRISE} must be an object`],
    ['an attribute of an extension', { [ENTERPRISE]: { department: 7 } }, `${ENTERPRISE}:department must be a string`],
    [
      'two primaries',
      {
        emails: [
          { value: 'a', primary: true },
          { value: 'b', primary: true },
        ],
      },
      'primary',
    ],
    ['a certificate that is a number', { x509Certificates: [{ value: 7 }] }, 'x509Certificates[0].value must be base64, not this number'],
    ['what is not base64', { x509Certificates: [{ value: 'not base64!' }] }, 'x509Certificates[0].value must be base64'],
    ['half of a surrogate pair', { title: 'a\ud800' }, 'title must be well-formed'],
    ['a NUL', { externalId: 'a\0b' }, 'externalId must not contain a NUL'],
    ['a long text', { title: 'x'.repeat(4_097) }, 'title must be at most 4096 bytes'],
    ['a long identifier', { userName: 'ü'.repeat(513) }, 'userName must be at most 1024 bytes'],
    ['too many values', { emails: Array.from({ length: MAX_VALUES + 1 }, (_, n) => ({ value: `${n}` })) }, `at most ${MAX_VALUES} values`],
    ['a password that is a number', { password: 7 }, 'password must be a string'],
  ])('is refused: %s', (_, body, words) => {
    expect(() => parse(body)).toThrow(refusal('invalidValue', words));
  });

  it('is not repeated in the refusal', () => {
    expect(() => parse({ active: 'canary' })).toThrow(expect.objectContaining({ message: expect.not.stringContaining('canary') }));
  });

  it.each<[string, JsonObject]>([
    ['as many bytes as an identifier may have', { userName: 'ü'.repeat(512) }],
    ['a long certificate', { x509Certificates: [{ value: 'A'.repeat(16_384) }] }],
    ['base64 with padding', { x509Certificates: [{ value: 'QUI=' }] }],
    ['a surrogate pair', { title: '😀' }],
    ['a relative reference', { profileUrl: '/babs' }],
    ['as many values as are allowed', { emails: Array.from({ length: MAX_VALUES }, (_, n) => ({ value: `${n}` })) }],
  ])('is accepted: %s', (_, body) => {
    expect(documentOf(body)).toMatchObject(body);
  });

  it('is refused without a leniency where a list belongs', () => {
    expect(() => parse({ emails: { value: 'a' } }, NO_LENIENCIES)).toThrow(refusal('invalidValue', 'emails must be a list, not an object'));
  });

  it.each<['integer' | 'decimal' | 'dateTime', string, readonly Json[], readonly Json[]]>([
    ['integer', 'a whole number', [0, -7], [1.5, '1', true, 2 ** 60]],
    ['decimal', 'a number', [0, 1.5], ['1', false]],
    ['dateTime', 'a dateTime such as "2011-', ['2011-05-13T04:42:34Z'], ['2011-05-13', 'soon', 7]],
  ])('of the type %s is checked', (kind, words, good, bad) => {
    const type: ResourceType = { ...USER, schema: { ...USER.schema, attributes: [attribute('x', { type: kind })] } };

    for (const x of good) expect(parseResource(type, { ...SCHEMAS, x }, NO_LENIENCIES).document).toEqual({ x });
    for (const x of bad)
      expect(() => parseResource(type, { ...SCHEMAS, x }, NO_LENIENCIES)).toThrow(refusal('invalidValue', `x must be ${words}`));
  });
});

describe('a required attribute', () => {
  it.each<Json | undefined>([undefined, null, '', '  ', []])('is missing when it is %p', (userName) => {
    const body: JsonObject = userName === undefined ? SCHEMAS : { ...SCHEMAS, userName };

    expect(() => parseResource(USER, body, ALL_LENIENCIES)).toThrow(refusal('invalidValue', 'userName is required'));
  });

  it('is asked for of an extension only where the extension is', () => {
    const schema = {
      id: 'urn:example:Badge',
      name: 'Badge',
      description: '',
      attributes: [attribute('number', { required: true }), attribute('colour')],
    };
    const type: ResourceType = { ...USER, extensions: [{ schema, required: false }] };
    const body = { ...SCHEMAS, userName: 'a' };

    expect(parseResource(type, body, NO_LENIENCIES).document).toEqual({ userName: 'a' });
    expect(() => parseResource(type, { ...body, [schema.id]: { colour: 'red' } }, NO_LENIENCIES)).toThrow(
      refusal('invalidValue', 'urn:example:Badge:number is required'),
    );
  });
});

describe('the members of a group', () => {
  const members = (value: Json) =>
    parseResource(GROUP, { schemas: [GROUP.schema.id], displayName: 'G', members: value }, ALL_LENIENCIES).document['members'];

  it('may be many', () => {
    expect(members(Array.from({ length: 5_000 }, (_, n) => ({ value: `u${n}`, $ref: null })))).toHaveLength(5_000);
  });

  it('are those that are not null', () => {
    expect(members([null, { value: 'u1' }])).toEqual([{ value: 'u1' }]);
  });

  it.each<Json>([[{}], [{ display: 'x' }], [{ value: '' }], [{ value: null, type: 'User' }], [{ value: ' ' }]])(
    'each have a value: not %p',
    (value) => {
      expect(() => members(value)).toThrow(refusal('invalidValue', 'members[0] must have a "value"'));
    },
  );
});

describe('schemas', () => {
  const withSchemas = (schemas: Json) => () => parse({ schemas });

  it.each<[string, Json]>([
    ['in another case', [USER.schema.id.toUpperCase()]],
    ["SCIM 1's", ['urn:scim:schemas:core:1.0']],
    ["OneLogin's", ['urn:scim:schemas:core:2.0', 'urn:scim:schemas:extension:enterprise:2.0']],
    ["Entra ID's misspelt extension", [USER.schema.id, 'urn:ietf:params:scim:schemas:extension:enterprise:2.0User']],
    ["Active Directory's own", [USER.schema.id, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group']],
    ['missing', null],
    ['empty', []],
  ])('are accepted %s', (_, schemas) => {
    expect(withSchemas(schemas)).not.toThrow();
  });

  it.each<[string, Json]>([
    ['no list', USER.schema.id],
    ['no list of strings', [USER.schema.id, 7]],
    ["another resource's", [GROUP.schema.id]],
    ['only those of an extension', [ENTERPRISE]],
  ])('are refused when they are %s', (_, schemas) => {
    expect(withSchemas(schemas)).toThrow(refusal('invalidValue', USER.schema.id));
  });

  it('may be left out of the body altogether', () => {
    expect(parseResource(USER, { userName: 'a' }, ALL_LENIENCIES).document).toEqual({ userName: 'a' });
    expect(() => parseResource(USER, { userName: 'a' }, NO_LENIENCIES)).toThrow(refusal('invalidValue', USER.schema.id));
  });

  it('are refused without a leniency when they name one that the resource type does not have', () => {
    const schemas = [USER.schema.id, ENTERPRISE, 'urn:example:Badge'];

    expect(() => parse({ schemas }, NO_LENIENCIES)).toThrow(refusal('invalidValue', 'schemas names a schema that User does not have'));
  });

  it("may be OneLogin's also as the name of the extension's attributes", () => {
    expect(documentOf({ 'urn:scim:schemas:extension:enterprise:2.0': { department: 'd' } })[ENTERPRISE]).toEqual({ department: 'd' });
  });
});
