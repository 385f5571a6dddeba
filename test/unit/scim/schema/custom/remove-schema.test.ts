import { describe, expect, it } from '@jest/globals';
import { NO_CUSTOMIZATION } from '../../../../../src/scim/schema/custom/customization.ts';
import { removeSchema } from '../../../../../src/scim/schema/custom/remove-schema.ts';
import { REGISTRY, USER } from '../../../../../src/scim/schema/resource-types.ts';
import { applied, aSchema, aType, BADGE, DEVICE, refusalWith } from './files.ts';

const device = (extension: string) => [
  aSchema(DEVICE),
  aType('Device', DEVICE, { schemaExtensions: [{ schema: extension, required: true }] }),
];

describe('removeSchema', () => {
  it('takes an extension from all that have it', () => {
    const current = applied(aSchema(BADGE), device(BADGE));

    expect(removeSchema(REGISTRY, current, BADGE.toUpperCase())).toEqual(applied([aSchema(DEVICE), aType('Device', DEVICE)]));
  });

  it('takes a resource type with its schema, and extensions that nothing else has', () => {
    const own = 'urn:example:own';
    const current = applied([aSchema(own), ...device(own)]);

    expect(removeSchema(REGISTRY, current, DEVICE)).toEqual(NO_CUSTOMIZATION);
    expect(removeSchema(REGISTRY, applied(aSchema(BADGE), device(BADGE)), DEVICE)).toEqual(applied(aSchema(BADGE)));
  });

  it.each([
    [USER.schema.id, 'is built in and cannot be removed'],
    [DEVICE.replace('Device', 'Devise'), `did you mean "${DEVICE}"?`],
  ])('refuses to remove %s', (urn, words) => {
    expect(() => removeSchema(REGISTRY, applied([aSchema(DEVICE), aType('Device', DEVICE)]), urn)).toThrow(refusalWith(words));
  });

  it('says so where there is nothing to remove', () => {
    expect(() => removeSchema(REGISTRY, NO_CUSTOMIZATION, DEVICE)).toThrow(refusalWith('none has been applied'));
  });
});
