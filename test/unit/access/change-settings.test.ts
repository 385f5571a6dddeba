import { describe, expect, it } from '@jest/globals';
import { changeSettings, DEFAULT_SETTINGS } from '../../../src/access/change-settings.ts';
import { policySchema } from '../../../src/access/policy.ts';

const USER_ID = '018f3c1e-0000-7000-8000-000000000001';
const policy = policySchema.parse({ resourceTypes: ['User'], features: { remove: 'ignore' }, me: { c1: USER_ID } });
const current = { ...DEFAULT_SETTINGS, policy };

describe('changeSettings', () => {
  it('changes the entries named and leaves the others', () => {
    const next = changeSettings(current, { settings: { features: { update: 'refuse' }, unknownMembers: 'ignore' } });

    expect(next.policy).toEqual({
      ...policy,
      unknownMembers: 'ignore',
      features: { create: 'on', read: 'on', update: 'refuse', remove: 'ignore' },
    });
  });

  it('takes null for the default, of a setting and of an entry', () => {
    const next = changeSettings(current, { settings: { resourceTypes: null, me: { c1: null } } });

    expect([next.policy.resourceTypes, next.policy.me]).toEqual(['all', {}]);
  });

  it('begins anew with a preset', () => {
    const next = changeSettings({ ...current, policy: { ...policy, me: {} } }, { preset: 'entra', settings: { patchAnswerMembers: 5 } });

    expect(next.policy).toEqual(policySchema.parse({ patchAnswer: { Group: 'noContent' }, patchAnswerMembers: 5 }));
  });

  it('changes how credentials are made', () => {
    const next = changeSettings(current, { settings: { credentials: { isRetrievable: true, expiresInDays: 'never' } } });

    expect(next).toEqual({ policy, credentials: { kind: 'token', expiresInDays: 'never', isRetrievable: true } });
  });

  it('leaves what guards the tenant as it is when a preset comes', () => {
    const guards = { ipRanges: ['203.0.113.0/24'], maxActiveUsers: 10, maxRemovalsPerHour: 5, me: { c1: USER_ID } };
    const guarded = { ...DEFAULT_SETTINGS, policy: policySchema.parse({ ...guards, unknownMembers: 'ignore' }) };

    const next = changeSettings(guarded, { preset: 'rfpio' });

    expect(next.policy).toMatchObject({ ...guards, unknownMembers: 'refuse', resourceTypes: ['User'] });
  });

  it('takes them from a preset, too', () => {
    const next = changeSettings(current, { preset: 'infor-cloudsuite' });

    expect(next.credentials).toEqual({ kind: 'identifier-password', expiresInDays: 'never', isRetrievable: false });
  });

  it.each([
    [{ resourceType: ['User'] }, /"resourceType".*did you mean "resourceTypes"/],
    [{ features: { delete: 'refuse' } }, /"features\.delete"/],
    [{ features: { create: 'ignore' } }, /"features\.create" must be "on" or "refuse"/],
    [{ unknownMembers: 'drop' }, /"unknownMembers" must be "refuse" or "ignore"/],
    [{ patchAnswerMembers: 100_000 }, /"patchAnswerMembers" must be a whole number from 0 to 1000/],
    [{ leniencies: ['verbcase'] }, /"leniencies" must be "all" or a list of .*verbCase/],
    [{ maxRemovalsPerHour: 0 }, /"maxRemovalsPerHour" must be a whole number from 1 to 1000000, or null/],
    [{ resources: 'mine' }, /"resources" must be "all" or "own"/],
    [{ autoUserProvisioning: 'off' }, /"autoUserProvisioning" must be true or false/],
    [{ ipRanges: '203.0.113.7' }, /"ipRanges" must be a list of at most 5000 IPv4 or IPv6 addresses/],
    [{ ipRanges: ['203.0.113.7', '203.0.113.0/33'] }, /"ipRanges\.1" holds a mistake: "203.0.113.0\/33".* from 0 to 32/],
    [{ ipRanges: Array.from({ length: 5_001 }, () => '::1') }, /"ipRanges" must be a list of at most 5000/],
    [{ me: { c1: 'ada' } }, /"me\.c1" must be the id of a user/],
    [{ credentials: { kind: 'basic' } }, /"credentials\.kind" must be "token", "identifier-password" or "oauth-client"/],
    [{ credentials: { expiresInDays: 0 } }, /"credentials\.expiresInDays" must be a whole number of days from 1 to 3650, or "never"/],
    [{ credentials: { retrievable: true } }, /"credentials\.retrievable".*did you mean "isRetrievable"/],
    [{ credentials: 'token' }, /"credentials" /],
    [{ ['__proto__']: { polluted: true } }, /unknown setting|must/],
  ])('refuses %j and says what would be right', (settings, message) => {
    expect(() => changeSettings(current, { settings })).toThrow(
      expect.objectContaining({ name: 'AdminRefusal', message: expect.stringMatching(message) }),
    );
  });
});
