import { describe, expect, it } from '@jest/globals';
import { authorise } from '../../../src/access/authorise.ts';
import { policySchema } from '../../../src/access/policy.ts';

const policy = (settings: object = {}) => policySchema.parse(settings);
const usersOnly = policy({ resourceTypes: ['User'] });
const ACTIONS = ['create', 'read', 'update', 'remove'] as const;
const WRITES = ['create', 'update', 'remove'] as const;

describe('authorise', () => {
  it.each(ACTIONS)('allows %s by default', (action) => {
    expect(authorise(policy(), 'full', { action, resourceType: 'User' })).toBe('allow');
  });

  it.each(ACTIONS)('refuses %s where it is switched off, naming what to change', (action) => {
    const judge = () => authorise(policy({ features: { [action]: 'refuse' } }), 'full', { action, resourceType: 'User' });

    expect(judge).toThrow(expect.objectContaining({ kind: 'forbidden', message: expect.stringContaining(`features.${action}`) }));
  });

  it.each(['update', 'remove'] as const)('ignores %s where the policy says so', (action) => {
    expect(authorise(policy({ features: { [action]: 'ignore' } }), 'full', { action, resourceType: 'User' })).toBe('ignore');
  });

  it.each(WRITES)('refuses %s to a credential that may only read, also where it would be ignored', (action) => {
    const lenient = policy({ features: { update: 'ignore', remove: 'ignore' } });

    expect(() => authorise(lenient, 'read', { action, resourceType: 'User' })).toThrow(
      expect.objectContaining({ kind: 'forbidden', message: expect.stringContaining('scope "full"') }),
    );
  });

  it.each(WRITES)('refuses %s to a credential that follows', (action) => {
    expect(() => authorise(policy(), 'events', { action, resourceType: 'User' })).toThrow(
      expect.objectContaining({ kind: 'forbidden', message: expect.stringContaining('scope "full"') }),
    );
  });

  it('lets a credential that follows read resources and events', () => {
    expect(authorise(policy(), 'events', { action: 'read', resourceType: 'User' })).toBe('allow');
    expect(authorise(policy(), 'events', { action: 'follow', resourceType: 'events' })).toBe('allow');
  });

  it.each(['full', 'read'] as const)('lets a credential of scope %s read no events', (scope) => {
    expect(() => authorise(policy(), scope, { action: 'follow', resourceType: 'events' })).toThrow(
      expect.objectContaining({ kind: 'forbidden', message: expect.stringContaining('scope "events"') }),
    );
  });

  it.each([
    [{ resources: 'own' }, 'whose resources is "all"'],
    [{ features: { read: 'refuse' } }, 'features.read'],
  ])('lets events be read by no application with %j', (settings, advice) => {
    expect(() => authorise(policy(settings), 'events', { action: 'follow', resourceType: 'events' })).toThrow(
      expect.objectContaining({ kind: 'forbidden', message: expect.stringContaining(advice) }),
    );
  });

  it.each(WRITES)('refuses to %s while Auto User Provisioning is off, naming the switch, also where it would be ignored', (action) => {
    const off = policy({ autoUserProvisioning: false, features: { update: 'ignore', remove: 'ignore' } });

    expect(() => authorise(off, 'full', { action, resourceType: 'User' })).toThrow(
      expect.objectContaining({ kind: 'forbidden', message: expect.stringContaining('autoUserProvisioning') }),
    );
  });

  it('lets everything be read while Auto User Provisioning is off', () => {
    expect(authorise(policy({ autoUserProvisioning: false }), 'full', { action: 'read', resourceType: 'User' })).toBe('allow');
  });

  it('lets a credential that may only read do so', () => {
    expect(authorise(policy(), 'read', { action: 'read', resourceType: 'Group' })).toBe('allow');
  });

  it.each(WRITES)('refuses to %s a resource of a type that is not provisioned', (action) => {
    expect(() => authorise(usersOnly, 'full', { action, resourceType: 'Group' })).toThrow(
      expect.objectContaining({ kind: 'forbidden', message: expect.stringContaining('resourceTypes') }),
    );
  });

  it('shows a type that is not provisioned as empty', () => {
    expect(authorise(usersOnly, 'full', { action: 'read', resourceType: 'Group' })).toBe('empty');
    expect(authorise(usersOnly, 'read', { action: 'read', resourceType: 'Group' })).toBe('empty');
  });

  it('allows what is provisioned beside it', () => {
    expect(authorise(usersOnly, 'full', { action: 'create', resourceType: 'User' })).toBe('allow');
  });

  it('tells everyone about the service itself', () => {
    const closed = policy({ resourceTypes: [], features: { read: 'refuse' } });

    expect(authorise(closed, 'read', { action: 'discover', resourceType: 'Schemas' })).toBe('allow');
  });
});

describe('policySchema', () => {
  it('makes a whole policy of nothing', () => {
    expect(policy()).toEqual({
      autoUserProvisioning: true,
      ipRanges: [],
      maxRemovalsPerHour: null,
      resources: 'all',
      resourceTypes: 'all',
      features: { create: 'on', read: 'on', update: 'on', remove: 'on' },
      patchAnswer: {},
      patchAnswerMembers: 100,
      unknownMembers: 'refuse',
      deleteDeactivatedUsers: 'standard',
      maxActiveUsers: null,
      me: {},
      leniencies: 'all',
    });
  });

  it.each(['create', 'read'])('knows no way to ignore %s', (feature) => {
    expect(policySchema.safeParse({ features: { [feature]: 'ignore' } }).success).toBe(false);
  });
});
