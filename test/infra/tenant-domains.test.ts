import { describe, expect, it } from '@jest/globals';
import { parseAccount } from '../../lib/account.ts';
import { parseTenant } from '../../lib/tenant.ts';
import { checkDomains } from '../../lib/tenant-domains.ts';

const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/0c5b0e3a-1f5e-4d11-9a3e-6f0b1f0e7c11';
const account = parseAccount({ domains: [{ name: 'scim.example.com', certificateArn }] });
const at = (name: string, domain: object) => parseTenant({ name, domain: { name: 'scim.example.com', ...domain } });

describe('the domains of all tenants', () => {
  it('are fine when each tenant has a path of its own', () => {
    const tenants = [
      at('a', {}),
      at('b', {}),
      at('c', { path: 'a/b' }),
      parseTenant({ name: 'd' }),
      at('e', { name: 'e.example', certificateArn }),
    ];

    expect(() => checkDomains(tenants, account)).not.toThrow();
  });

  it.each([
    [
      'two tenants at one address',
      [at('a', { path: 'x' }), at('b', { path: 'x' })],
      'b.json: "domain.path": https://scim.example.com/x is that of a.json',
    ],
    [
      'a domain that nobody makes',
      [at('a', { name: 'other.example' })],
      'needs a "certificateArn", or has to be a domain of account.json, which names scim',
    ],
    ['a shared domain made again', [at('a', { certificateArn })], 'is made by account.json already: leave out "certificateArn"'],
    [
      'a domain made by two tenants',
      [at('a', { name: 'x.example', certificateArn }), at('b', { name: 'x.example', certificateArn })],
      'is made by a.json already: move the domain to account.json',
    ],
  ])('are refused for %s', (_title, tenants, message) => {
    expect(() => checkDomains(tenants, account)).toThrow(message);
  });

  it('say so where the account names none', () => {
    expect(() => checkDomains([at('a', {})], parseAccount({}))).toThrow('a domain of account.json, which names none');
  });
});
