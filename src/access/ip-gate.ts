import { BlockList, isIP } from 'node:net';
import { ScimError } from '../scim/errors.ts';
import { addressOf, type IpRange, parseIpRange } from './ip-range.ts';
import type { Policy } from './policy.ts';

/** Says whether requests from this address are taken. */
type Admits = (sourceIp: string) => boolean;

/** Compiled once for each policy: its list may have thousands of ranges. */
const compiled = new WeakMap<Policy['ipRanges'], Admits>();

/**
 * Lets a request pass whose sender is within the application's ranges; without ranges, all do.
 *
 * `sourceIp` must be the peer of the connection as API Gateway saw it, never what a header claims.
 *
 * @throws {ScimError} addressNotAllowed
 */
export function requireAdmitted({ ipRanges }: Policy, sourceIp: string): void {
  if (ipRanges.length === 0) return;
  const admits = compiled.get(ipRanges) ?? compile(ipRanges);
  compiled.set(ipRanges, admits);
  if (!admits(sourceIp)) throw new ScimError('addressNotAllowed');
}

const MAPPED = new BlockList();
MAPPED.addSubnet('::ffff:0.0.0.0', 96, 'ipv6');

/** A list for each family, because a BlockList counts IPv4 as a part of `::/0`. */
function compile(ranges: readonly string[]): Admits {
  const lists = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const range of ranges.flatMap(readable)) lists[range.family].addSubnet(addressOf(range), range.prefix, range.family);
  return (sourceIp) => {
    const version = isIP(sourceIp);
    if (version === 4) return lists.ipv4.check(sourceIp, 'ipv4');
    if (version !== 6) return false;
    return (MAPPED.check(sourceIp, 'ipv6') ? lists.ipv4 : lists.ipv6).check(sourceIp, 'ipv6');
  };
}

/** A stored range that this version cannot read admits nobody. */
function readable(text: string): readonly IpRange[] {
  try {
    return [parseIpRange(text)];
  } catch {
    return [];
  }
}
