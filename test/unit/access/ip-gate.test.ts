import { describe, expect, it } from '@jest/globals';
import { requireAdmitted } from '../../../src/access/ip-gate.ts';
import { policySchema } from '../../../src/access/policy.ts';

const gate = (...ipRanges: readonly string[]) => {
  const policy = policySchema.parse({ ipRanges });
  return (sourceIp: string) => () => requireAdmitted(policy, sourceIp);
};

const REFUSAL = expect.objectContaining({ kind: 'addressNotAllowed', status: 403, message: expect.stringContaining('ipRanges') });

describe('requireAdmitted', () => {
  it('lets everybody pass where no range is named', () => {
    expect(gate()('198.51.100.1')).not.toThrow();
  });

  it.each([
    ['203.0.113.0/24', '203.0.113.0'],
    ['203.0.113.0/24', '203.0.113.255'],
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.0/24', '::ffff:203.0.113.9'],
    ['203.0.113.0/24', '::ffff:cb00:7109'],
    ['::ffff:203.0.113.0/120', '203.0.113.9'],
    ['0.0.0.0/0', '8.8.8.8'],
    ['2001:db8::/32', '2001:DB8:ffff::1'],
    ['::/0', '2001:db8::1'],
  ])('with %s, lets %s pass', (range, sourceIp) => {
    expect(gate('192.0.2.1', range)(sourceIp)).not.toThrow();
  });

  it.each([
    ['203.0.113.0/24', '203.0.112.255'],
    ['203.0.113.0/24', '203.0.114.0'],
    ['203.0.113.7', '203.0.113.8'],
    ['203.0.113.0/24', '::ffff:203.0.114.9'],
    ['203.0.113.0/24', '2001:db8::1'],
    ['2001:db8::/32', '2001:db9::'],
    ['::/0', '203.0.113.7'],
    ['::/0', '::ffff:203.0.113.7'],
    ['0.0.0.0/0', '2001:db8::1'],
    ['0.0.0.0/0', ''],
    ['0.0.0.0/0', 'unknown'],
    ['0.0.0.0/0', '203.0.113.7, 198.51.100.1'],
    ['0.0.0.0/0', '203.0.113.7:443'],
  ])('with %s, refuses %j', (range, sourceIp) => {
    expect(gate(range)(sourceIp)).toThrow(REFUSAL);
  });

  it('lets nobody pass by a stored range that cannot be read', () => {
    expect(gate('203.0.113.0-203.0.113.9')('203.0.113.7')).toThrow(REFUSAL);
  });
});
