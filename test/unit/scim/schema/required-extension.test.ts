import { describe, expect, it } from '@jest/globals';
import { ALL_LENIENCIES, NO_LENIENCIES } from '../../../../src/scim/leniency.ts';
import { applyPatch } from '../../../../src/scim/patch/apply-patch.ts';
import { parsePatch } from '../../../../src/scim/patch/parse-patch.ts';
import { attribute } from '../../../../src/scim/schema/attribute.ts';
import { parseResource } from '../../../../src/scim/schema/parse-resource.ts';
import type { ResourceType } from '../../../../src/scim/schema/resource-type.ts';
import { USER } from '../../../../src/scim/schema/resource-types.ts';
import { URN } from '../../../../src/scim/urn.ts';
import { refusal } from '../documents.ts';

const BADGE = 'urn:example:Badge';
const attributes = [attribute('number', { required: true }), attribute('colour')];
const type: ResourceType = {
  ...USER,
  extensions: [{ schema: { id: BADGE, name: 'Badge', description: 'A badge.', attributes }, required: true }],
};

describe('an extension that its type requires', () => {
  const parse = (more: object) => parseResource(type, { schemas: [USER.schema.id], userName: 'a', ...more }, ALL_LENIENCIES).document;

  it.each([{}, { [BADGE]: null }, { [BADGE]: {} }, { [BADGE]: { number: null } }])('is asked for of a resource with %j', (more) => {
    expect(() => parse(more)).toThrow(refusal('invalidValue', `${BADGE} is required`));
  });

  it('is asked for with the attributes that it requires itself', () => {
    expect(() => parse({ [BADGE]: { colour: 'red' } })).toThrow(refusal('invalidValue', `${BADGE}:number is required`));
    expect(parse({ [BADGE]: { number: '7' } })).toEqual({ userName: 'a', [BADGE]: { number: '7' } });
  });

  it('cannot be removed', () => {
    const patch = parsePatch(type, { schemas: [URN.patchOp], Operations: [{ op: 'remove', path: BADGE }] }, NO_LENIENCIES);

    expect(() => applyPatch(type, { userName: 'a', [BADGE]: { number: '7' } }, patch)).toThrow(
      refusal('mutability', `${BADGE} is required`),
    );
  });
});
