import { describe, expect, it } from '@jest/globals';
import { NO_CUSTOMIZATION } from '../../../../../src/scim/schema/custom/customization.ts';
import { printCustomization, readCustomization } from '../../../../../src/scim/schema/custom/print.ts';
import { applied, aSchema, aType, BADGE, DEVICE } from './files.ts';

const customization = {
  ...applied(
    aSchema(
      BADGE,
      { name: 'code', uniqueness: 'server', canonicalValues: ['a'] },
      { name: 'name', type: 'complex', subAttributes: [{ name: '$ref', type: 'reference' }] },
    ),
    [aSchema(DEVICE), aType('Device', DEVICE)],
  ),
  removed: ['User urn:a:b'],
  onceUnique: ['Device code'],
  matching: [{ type: 'User', path: 'title', state: 'filling' as const, revision: 'r' }],
};

describe('a customization', () => {
  it.each([[NO_CUSTOMIZATION], [customization]])('comes back from what was written of it', (written) => {
    expect(readCustomization(printCustomization(written))).toEqual(written);
  });

  it('is written without what has its default', () => {
    expect(printCustomization(applied(aSchema(BADGE)))).toContain('"attributes":[{"name":"code"}]');
  });

  it.each(['', '{', '7', '{}', '{"schemas":[{}],"types":[],"removed":[],"onceUnique":[]}'])('is none if it reads %s', (text) => {
    expect(readCustomization(text)).toBeUndefined();
  });
});
