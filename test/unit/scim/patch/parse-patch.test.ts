import { describe, expect, it } from '@jest/globals';
import type { Json, JsonObject } from '../../../../src/scim/json.ts';
import { ALL_LENIENCIES, NO_LENIENCIES } from '../../../../src/scim/leniency.ts';
import { parsePatch } from '../../../../src/scim/patch/parse-patch.ts';
import { MAX_PATH_LENGTH } from '../../../../src/scim/patch/path.ts';
import { MAX_OPERATIONS } from '../../../../src/scim/patch/request.ts';
import { USER } from '../../../../src/scim/schema/resource-types.ts';
import { URN } from '../../../../src/scim/urn.ts';
import { ENTERPRISE, refusal } from '../documents.ts';

const parse = (operation: JsonObject, leniencies = NO_LENIENCIES) =>
  parsePatch(USER, { schemas: [URN.patchOp], Operations: [operation] }, leniencies);

describe('a PatchOp', () => {
  it('is read whatever the case of its names, and without what it does not need', () => {
    const body = { SCHEMAS: [URN.patchOp], operations: [{ OP: 'replace', Path: 'title', VALUE: 'x', name: 'rename' }], id: 'u1' };

    expect(parsePatch(USER, body, NO_LENIENCIES).operations).toMatchObject([{ op: 'replace', value: 'x', at: 'Operations[0]' }]);
  });

  const operations = [{ op: 'add', path: 'title', value: 'x' }];

  it.each<[JsonObject, string]>([
    [{ schemas: [URN.patchOp] }, 'Operations must be a list'],
    [{ schemas: [URN.patchOp], Operations: {} }, 'Operations must be a list'],
    [{ schemas: [URN.patchOp], Operations: [] }, 'Operations must not be empty'],
    [{ schemas: [URN.patchOp], Operations: ['x'] }, 'Operations[0] must be an object with op, path and value'],
    [{ schemas: [URN.patchOp], Operations: [{ path: 'title' }] }, 'Operations[0].op must be'],
    [{ schemas: [URN.patchOp], Operations: [{ op: 'add', path: 7 }] }, 'Operations[0].path must be a string'],
    [{ schemas: [URN.patchOp], Operations: [{ op: 'move', path: 'title' }] }, 'Operations[0]: op must be'],
    [
      { schemas: [URN.patchOp], Operations: Array.from({ length: MAX_OPERATIONS + 1 }, () => operations[0] ?? null) },
      `at most ${MAX_OPERATIONS}`,
    ],
    [{ schemas: URN.patchOp, Operations: operations }, 'schemas must be a list'],
    [{ schemas: [USER.schema.id], Operations: operations }, URN.patchOp],
    [{ Operations: operations }, URN.patchOp],
  ])('is refused when it is %j', (body, words) => {
    expect(() => parsePatch(USER, body, NO_LENIENCIES)).toThrow(refusal('invalidSyntax', words));
  });
});

describe('a path', () => {
  it.each<[string, string, string]>([
    ['favouriteColour', 'invalidPath', 'the path "favouriteColour" names no attribute of User; /Schemas lists them.'],
    ['urn:acme:2.0:User:badge', 'invalidPath', '"urn:acme:2.0:User:badge" names no attribute of User'],
    ['name.givnName', 'invalidPath', '"name.givnName" names no attribute of User; did you mean "name.givenName"?'],
    ['bob@example.com', 'invalidPath', 'the path names no attribute of User'],
    ['x'.repeat(5_000), 'invalidPath', 'the path names no attribute of User'],
    [`emails[${' '.repeat(MAX_PATH_LENGTH)}].value`, 'invalidPath', 'longer'],
    ['emials', 'invalidPath', 'did you mean "emails"?'],
    ['', 'invalidPath', 'names no attribute'],
    ['__proto__', 'invalidPath', 'names no attribute'],
    ['__proto__.polluted', 'invalidPath', 'names no attribute'],
    ['constructor.prototype.polluted', 'invalidPath', 'names no attribute'],
    ['name.__proto__', 'invalidPath', 'names no attribute'],
    [`${ENTERPRISE}:shoeSize`, 'invalidPath', 'names no attribute'],
    ['emails[type eq "work"', 'invalidPath', 'does not close'],
    ['emails]type eq "work"[', 'invalidPath', 'does not close'],
    ['emails[type eq "work"]value', 'invalidPath', 'no sub-attribute of emails'],
    ['emails[type eq "work"].valu', 'invalidPath', 'did you mean "value"?'],
    ['emails[type eq "work"].value.x', 'invalidPath', 'no sub-attribute of emails'],
    ['title[value eq "x"]', 'invalidPath', 'no list of values'],
    ['emails.value[type eq "x"]', 'invalidPath', 'no list of values'],
    ['emails[]', 'invalidFilter', ': the filter at its end'],
    ['emails[typ eq "work"].value', 'invalidFilter', 'did you mean "type"?'],
    ['emails[type eq work].value', 'invalidFilter', 'at 9'],
    [`emails[${'('.repeat(5_000)}].value`, 'invalidFilter', 'deeper'],
    [`emails[${' '.repeat(9_000)}].value`, 'invalidFilter', 'longer'],
    ['id', 'mutability', 'id is readOnly'],
    ['meta.created', 'mutability', 'meta.created is readOnly'],
    ['groups', 'mutability', 'groups is readOnly'],
    ['groups[value eq "g"]', 'mutability', 'groups[…] is readOnly'],
    [`${ENTERPRISE}:manager.displayName`, 'mutability', 'manager.displayName is readOnly'],
  ])('%s is refused', (path, kind, words) => {
    expect(() => parse({ op: 'replace', path, value: 'x' })).toThrow(refusal(kind, 'Operations[0]', words));
  });

  it('is not repeated in its refusal', () => {
    expect(() => parse({ op: 'replace', path: 'emails[value eq "canary"].canary', value: 'x' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('canary') }),
    );
  });

  it('may hold brackets inside the strings of its filter', () => {
    expect(() => parse({ op: 'remove', path: 'emails[value eq "[a].b]"].display' })).not.toThrow();
  });
});

describe('the value of an operation', () => {
  it.each<[JsonObject, string, string]>([
    [{ op: 'add', path: 'title' }, 'invalidValue', 'add needs a value'],
    [{ op: 'replace' }, 'invalidValue', 'must be an object, not missing'],
    [{ op: 'replace', value: [] }, 'invalidValue', 'must be an object, not a list'],
    [{ op: 'replace', value: null }, 'invalidValue', 'must be an object, not null'],
    [{ op: 'replace', path: 'title', value: 7 }, 'invalidValue', 'Operations[0]: title must be a string'],
    [{ op: 'replace', path: 'emails', value: 'x' }, 'invalidValue', 'Operations[0]: emails must be a list'],
    [{ op: 'replace', path: 'emails[type eq "work"].value', value: 7 }, 'invalidValue', 'emails[…].value must be a string'],
    [{ op: 'replace', path: ENTERPRISE, value: 'x' }, 'invalidValue', `${ENTERPRISE}: the value must be an object`],
    [{ op: 'replace', value: { active: 'x' } }, 'invalidValue', 'Operations[0]: active must be'],
    [{ op: 'replace', value: { name: { givenName: 'a\0' } } }, 'invalidValue', 'name.givenName must not contain a NUL'],
    [{ op: 'replace', value: { id: '1' } }, 'mutability', 'id is readOnly'],
  ])('%j is refused', (operation, kind, words) => {
    expect(() => parse(operation)).toThrow(refusal(kind, words));
  });

  it('names what no schema knows', () => {
    const value = JSON.parse(
      `{"__proto__":{"x":1},"favouriteColour":"red","emails":[{"value":"a","confirmed":true}],"${ENTERPRISE}":{"shoeSize":1}}`,
    );

    expect(parse({ op: 'add', value }, ALL_LENIENCIES).ignored).toEqual([
      '__proto__',
      'favouriteColour',
      'emails.confirmed',
      `${ENTERPRISE}:shoeSize`,
    ]);
  });

  it.each<Json>([1, 'x', null])('may be anything for a removal, which has none: %p', (value) => {
    expect(parse({ op: 'remove', path: 'title', value }).operations).toMatchObject([{ op: 'remove' }]);
  });
});
