import { describe, expect, it } from '@jest/globals';
import { changesBetween } from '../../../../../src/scim/schema/custom/changes.ts';
import { NO_CUSTOMIZATION } from '../../../../../src/scim/schema/custom/customization.ts';
import { applied, aSchema, aType, BADGE, DEVICE } from './files.ts';

const lines = (before: ReturnType<typeof applied>, after: ReturnType<typeof applied>) =>
  changesBetween(before, after).map(({ kind, subject, detail }) => [kind, subject, detail].filter(Boolean).join(' '));

const device = (type: object, ...attributes: readonly object[]) =>
  applied(aSchema(BADGE), [aSchema(DEVICE, ...attributes), aType('Device', DEVICE, type)]);

describe('changesBetween', () => {
  const all = device({ schemaExtensions: [{ schema: BADGE, required: true }] }, { name: 'a' }, { name: 'b' });

  it('says what was added, and the other way round what was removed', () => {
    expect(lines(NO_CUSTOMIZATION, all)).toEqual([
      `added ${BADGE} 1 attribute`,
      `added ${DEVICE} 2 attributes`,
      `added extension ${BADGE} of User`,
      'added resource type Device at /Devices',
      `added extension ${BADGE} of Device required`,
    ]);
    expect(lines(all, NO_CUSTOMIZATION)).toEqual([
      `removed ${BADGE} 1 attribute`,
      `removed ${DEVICE} 2 attributes`,
      `removed extension ${BADGE} of User`,
      'removed resource type Device at /Devices',
      `removed extension ${BADGE} of Device`,
    ]);
  });

  it('has nothing to say where nothing changes', () => {
    expect(lines(all, all)).toEqual([]);
  });

  it('says what became of attributes and their parts', () => {
    const part = (overrides: object) => ({ name: 'p', type: 'complex', subAttributes: [{ name: 's', ...overrides }] });
    const before = device({}, { name: 'a' }, { name: 'b', canonicalValues: ['x', 'y'] }, part({}));
    const after = device(
      {},
      { name: 'b', type: 'reference', required: true, description: 'B.' },
      { name: 'c', type: 'integer' },
      part({ name: 't' }),
    );

    expect(lines(before, after)).toEqual([
      `removed ${DEVICE}:a string`,
      `changed ${DEVICE}:b type string → reference, required false → true, caseExact false → true, canonicalValues x|y → none, description`,
      `removed ${DEVICE}:p.s string`,
      `added ${DEVICE}:p.t string`,
      `added ${DEVICE}:c integer`,
    ]);
  });

  it('says what became of a schema, a type and its extensions', () => {
    const before = device({ schemaExtensions: [{ schema: BADGE, required: false }] });
    const after = applied(aSchema(BADGE), [
      { ...aSchema(DEVICE), name: 'Gadget' },
      aType('Device', DEVICE, { endpoint: '/Gadgets', description: 'New.', schemaExtensions: [{ schema: BADGE, required: true }] }),
    ]);

    expect(lines(before, after)).toEqual([
      `changed ${DEVICE} name`,
      'changed resource type Device endpoint /Devices → /Gadgets, description',
      `changed extension ${BADGE} of Device required false → true`,
    ]);
  });
});
