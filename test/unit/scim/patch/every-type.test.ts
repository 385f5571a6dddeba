import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../src/scim/json.ts';
import { NO_LENIENCIES } from '../../../../src/scim/leniency.ts';
import { applyPatch } from '../../../../src/scim/patch/apply-patch.ts';
import { parsePatch } from '../../../../src/scim/patch/parse-patch.ts';
import { URN } from '../../../../src/scim/urn.ts';
import { DEVICE } from '../../../support/scim-every-type.ts';
import { refusal } from '../documents.ts';

const EXTENSION = DEVICE.extensions[0]?.schema.id ?? '';

const resultOf = (document: JsonObject, ...operations: readonly JsonObject[]): JsonObject =>
  applyPatch(DEVICE, { name: 'd', ...document }, parsePatch(DEVICE, { schemas: [URN.patchOp], Operations: operations }, NO_LENIENCIES))
    .document;

describe('what is added to a list', () => {
  it('is compared exactly where case matters', () => {
    expect(resultOf({ codeList: ['a'] }, { op: 'add', path: 'codeList', value: ['A'] })).toMatchObject({ codeList: ['a', 'A'] });
    expect(resultOf({ keys: [{ value: 'a' }] }, { op: 'add', path: 'keys', value: [{ value: 'A' }] })).toMatchObject({
      keys: [{ value: 'a' }, { value: 'A' }],
    });
  });

  it('is compared with what the same operation has made of the list', () => {
    const value = [
      { value: 'a', type: 'work' },
      { value: 'a', type: 'home' },
    ];

    expect(resultOf({ labels: [{ value: 'a' }] }, { op: 'add', path: 'labels', value })).toMatchObject({ labels: value });
  });

  it('completes a value that has lost "primary" in the same operation', () => {
    const value = [
      { value: 'b', primary: true },
      { display: 'A', primary: false },
    ];

    expect(resultOf({ labels: [{ value: 'a', display: 'A', primary: true }] }, { op: 'add', path: 'labels', value })).toMatchObject({
      labels: [
        { value: 'a', display: 'A', primary: false },
        { value: 'b', primary: true },
      ],
    });
  });
});

describe('a part with many values', () => {
  it.each<JsonObject>([
    { op: 'add', path: 'details.tags', value: ['A', 'b'] },
    { op: 'add', path: 'details', value: { tags: ['A', 'b'] } },
  ])('keeps those it has when others are added: %j', (operation) => {
    expect(resultOf({ details: { tags: ['a', 'c'] } }, operation)).toMatchObject({ details: { tags: ['A', 'c', 'b'] } });
  });

  it('loses those it has when it is replaced', () => {
    expect(resultOf({ details: { tags: ['a'] } }, { op: 'replace', path: 'details.tags', value: ['b'] })).toMatchObject({
      details: { tags: ['b'] },
    });
  });
});

describe('a part that is required', () => {
  it('need not be sent again with the others', () => {
    const operation = { op: 'replace', path: 'owner', value: { $ref: '../Users/a' } };

    expect(resultOf({ owner: { value: 'a' } }, operation)).toMatchObject({ owner: { value: 'a', $ref: '../Users/a' } });
  });

  it.each<JsonObject>([
    { op: 'remove', path: 'owner.value' },
    { op: 'replace', path: `${EXTENSION}:owner.$ref`, value: '../Users/a' },
    { op: 'remove', path: 'parts[text eq "a"].kind' },
  ])('stays: %j', (operation) => {
    const document = { owner: { value: 'a', $ref: 'x' }, parts: [{ kind: 'a', text: 'a' }], [EXTENSION]: { model: 'm' } };

    expect(() => resultOf(document, operation)).toThrow(refusal('mutability', 'is required'));
  });
});

describe('a part that is writeOnly', () => {
  it.each<JsonObject>([
    { op: 'add', path: 'details', value: { pin: '1234' } },
    { op: 'replace', path: 'details', value: { pin: '1234' } },
    { op: 'replace', path: 'details.pin', value: '1234' },
    { op: 'add', value: { details: { pin: '1234' } } },
  ])('is checked and not kept: %j', (operation) => {
    const document = { name: 'd', details: { text: 'a' } };

    expect(resultOf(document, operation)).toEqual(document);
    expect(() => resultOf(document, { op: 'replace', path: 'details.pin', value: 1234 })).toThrow(refusal('invalidValue', 'details.pin'));
  });
});

describe('the removal of an extension', () => {
  it('passes over what only the server writes', () => {
    expect(resultOf({ [EXTENSION]: { model: 'm', text: 'a' } }, { op: 'remove', path: EXTENSION })).toEqual({ name: 'd' });
  });
});
