import { describe, expect, it } from '@jest/globals';
import { parseIpRange, printIpRange } from '../../../src/access/ip-range.ts';

describe('parseIpRange', () => {
  it.each([
    ['203.0.113.0/24', '203.0.113.0/24'],
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7/32', '203.0.113.7'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    [' 198.51.100.128/25\r', '198.51.100.128/25'],
    ['2001:0DB8:0000::/32', '2001:db8::/32'],
    ['2001:db8::1', '2001:db8::1'],
    ['2001:db8::1/128', '2001:db8::1'],
    ['::/0', '::/0'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::ffff:c000:200/120', '192.0.2.0/24'],
    ['::ffff:0:0/96', '0.0.0.0/0'],
  ])('reads %j as %s', (text, printed) => {
    expect(printIpRange(parseIpRange(text))).toBe(printed);
  });

  it.each(['', 'example.com', '203.0.113', '203.0.113.256', '203.0.113.0/24/8', '010.0.0.1', '1.2.3.4:80', '[::1]', 'fe80::1%eth0', ':::'])(
    'refuses %j, which is no address',
    (text) => {
      expect(() => parseIpRange(text)).toThrow(
        expect.objectContaining({ name: 'AdminRefusal', message: expect.stringContaining('is no range: write an IPv4 or IPv6 address') }),
      );
    },
  );

  it.each([
    ['203.0.113.0/33', 'from 0 to 32'],
    ['2001:db8::/129', 'from 0 to 128'],
    ['203.0.113.0/', 'from 0 to 32'],
    ['203.0.113.0/-1', 'from 0 to 32'],
    ['203.0.113.0/255.255.255.0', 'from 0 to 32'],
  ])('refuses the prefix length of %j and says which there are', (text, lengths) => {
    expect(() => parseIpRange(text)).toThrow(lengths);
  });

  it.each([
    ['203.0.113.7/24', 'write 203.0.113.0/24 for the range, or 203.0.113.7 for the one address'],
    ['2001:db8::1/64', 'write 2001:db8::/64 for the range, or 2001:db8::1 for the one address'],
  ])('refuses %s, of which nobody knows how much is meant, and says how to write both', (text, advice) => {
    expect(() => parseIpRange(text)).toThrow(advice);
  });
});
