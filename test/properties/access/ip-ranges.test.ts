import { isIPv4 } from 'node:net';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import { collapseIpRanges } from '../../../src/access/collapse-ip-ranges.ts';
import { requireAdmitted } from '../../../src/access/ip-gate.ts';
import { addressOf, BITS, endOf, type IpRange, parseIpRange, printIpRange } from '../../../src/access/ip-range.ts';
import { policySchema } from '../../../src/access/policy.ts';
import { runs } from '../../support/property-runs.ts';

/** Of an IPv4 part that is IPv6 too, `::ffff:0:0/96`, the parser makes IPv4. */
const isOwnForm = ({ family, first, prefix }: IpRange): boolean => family === 'ipv4' || prefix < 96 || first >> 32n !== 0xffffn;

const range = (family: IpRange['family'], prefixes: fc.Arbitrary<number>): fc.Arbitrary<IpRange> =>
  fc
    .record({ prefix: prefixes, number: fc.bigInt({ min: 0n, max: (1n << BigInt(BITS[family])) - 1n }) })
    .map(({ prefix, number }) => {
      const free = BigInt(BITS[family] - prefix);
      return { family, prefix, first: (number >> free) << free };
    })
    .filter(isOwnForm);

/** Anywhere, and close together, where ranges hold and touch each other. */
const anyRange = fc.oneof(range('ipv4', fc.integer({ min: 0, max: 32 })), range('ipv6', fc.integer({ min: 0, max: 128 })));
const crowded = fc.record({ family: fc.constantFrom('ipv4' as const, 'ipv6' as const), host: fc.nat(63), free: fc.nat(4) }).map(
  ({ family, host, free }): IpRange => ({
    family,
    prefix: BITS[family] - free,
    first: ((family === 'ipv4' ? 0xc0000200n : 0x20010db8n << 96n) + BigInt(host)) & ~((1n << BigInt(free)) - 1n),
  }),
);
const manyRanges = fc.array(fc.oneof({ weight: 3, arbitrary: crowded }, anyRange), { maxLength: 60 });

const holds = (ranges: readonly IpRange[], { family, first }: Pick<IpRange, 'family' | 'first'>): boolean =>
  ranges.some((each) => each.family === family && each.first <= first && first < endOf(each));

/** Where a list of ranges can begin or stop to hold addresses, and one to each side. */
const edgesOf = (ranges: readonly IpRange[]): readonly IpRange[] =>
  ranges.flatMap((each) =>
    [each.first - 1n, each.first, endOf(each) - 1n, endOf(each)].flatMap((first) =>
      first < 0n || first >> BigInt(BITS[each.family]) !== 0n ? [] : [{ family: each.family, first, prefix: BITS[each.family] }],
    ),
  );

it('reads what it has written as the same range', () => {
  fc.assert(
    fc.property(anyRange, (each) => expect(parseIpRange(printIpRange(each))).toEqual(each)),
    runs(1_000),
  );
});

it('gives a range or a refusal for any text', () => {
  const fragments = fc.array(fc.constantFrom('1', '255', '256', '.', ':', '::', '/', 'ffff', '%', '-', '24', ' ', 'x', '０'), {
    maxLength: 14,
  });
  fc.assert(
    fc.property(
      fc.oneof(
        fragments.map((parts) => parts.join('')),
        fc.string(),
      ),
      (text) => {
        try {
          expect(isOwnForm(parseIpRange(text))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(AdminRefusal);
        }
      },
    ),
  );
});

it('holds the same addresses collapsed, in order, and nothing that could be collapsed further', () => {
  fc.assert(
    fc.property(manyRanges, (ranges) => {
      const collapsed = collapseIpRanges(ranges);

      for (const edge of [...edgesOf(ranges), ...edgesOf(collapsed)]) expect(holds(collapsed, edge)).toBe(holds(ranges, edge));
      expect(collapsed.length).toBeLessThanOrEqual(ranges.length);
      expect(collapseIpRanges([...collapsed].reverse())).toEqual(collapsed);
      for (const each of collapsed) {
        const size = endOf(each) - each.first;
        const sibling = { ...each, first: each.first ^ size };
        if (each.prefix > 0) expect(collapsed).not.toContainEqual(sibling);
      }
    }),
    runs(300),
  );
});

it('admits exactly the addresses of its ranges, collapsed or not, and IPv4 written as IPv6 as well', () => {
  fc.assert(
    fc.property(
      manyRanges.filter(({ length }) => length > 0),
      (ranges) => {
        const [whole, collapsed] = [ranges, collapseIpRanges(ranges)].map((list) =>
          policySchema.parse({ ipRanges: list.map(printIpRange) }),
        );
        for (const edge of edgesOf(ranges).filter(isOwnForm)) {
          const address = addressOf(edge);
          const expected = holds(ranges, edge);
          const spellings = isIPv4(address) ? [address, `::ffff:${address}`] : [address, address.toUpperCase()];
          for (const spelling of spellings) {
            for (const policy of [whole, collapsed]) expect(policy && isAdmitted(policy, spelling)).toBe(expected);
          }
        }
      },
    ),
  );
});

function isAdmitted(policy: Parameters<typeof requireAdmitted>[0], sourceIp: string): boolean {
  try {
    requireAdmitted(policy, sourceIp);
    return true;
  } catch {
    return false;
  }
}
