import { describe, expect, it } from '@jest/globals';
import { changePolicy } from '../../../src/access/change-policy.ts';
import { policySchema } from '../../../src/access/policy.ts';

const USER_ID = '018f3c1e-0000-7000-8000-000000000001';
const current = policySchema.parse({ resourceTypes: ['User'], features: { remove: 'ignore' }, me: { c1: USER_ID } });

describe('changePolicy', () => {
  it('changes the entries named and leaves the others', () => {
    const next = changePolicy(current, { settings: { features: { update: 'refuse' }, unknownMembers: 'ignore' } });

    expect(next).toEqual({
      ...current,
      unknownMembers: 'ignore',
      features: { create: 'on', read: 'on', update: 'refuse', remove: 'ignore' },
    });
  });

  it('takes null for the default, of a setting and of an entry', () => {
    const next = changePolicy(current, { settings: { resourceTypes: null, me: { c1: null } } });

    expect([next.resourceTypes, next.me]).toEqual(['all', {}]);
  });

  it('begins anew with a preset', () => {
    const next = changePolicy(current, { preset: 'entra', settings: { patchAnswerMembers: 5 } });

    expect(next).toEqual(policySchema.parse({ patchAnswer: { Group: 'noContent' }, patchAnswerMembers: 5 }));
  });

  it.each([
    [{ resourceType: ['User'] }, /"resourceType".*did you mean "resourceTypes"/],
    [{ features: { delete: 'refuse' } }, /"features\.delete"/],
    [{ features: { create: 'ignore' } }, /"features\.create" must be "on" or "refuse"/],
    [{ unknownMembers: 'drop' }, /"unknownMembers" must be "refuse" or "ignore"/],
    [{ patchAnswerMembers: 100_000 }, /"patchAnswerMembers" must be a whole number from 0 to 1000/],
    [{ leniencies: ['verbcase'] }, /"leniencies" must be "all" or a list of .*verbCase/],
    [{ me: { c1: 'ada' } }, /"me\.c1" must be the id of a user/],
    [{ ['__proto__']: { polluted: true } }, /unknown setting|must/],
  ])('refuses %j and says what would be right', (settings, message) => {
    expect(() => changePolicy(current, { settings })).toThrow(
      expect.objectContaining({ name: 'AdminRefusal', message: expect.stringMatching(message) }),
    );
  });
});
