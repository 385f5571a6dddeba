import { isIPv4, isIPv6 } from 'node:net';
import { AdminRefusal } from './admin-refusal.ts';

/** A block of addresses in CIDR notation (RFC 4632, RFC 4291 §2.3). What is IPv4 within IPv6 (`::ffff:192.0.2.1`) is IPv4. */
export type IpRange = {
  readonly family: IpFamily;
  /** The lowest of its addresses. */
  readonly first: bigint;
  /** How many leading bits all of its addresses share. */
  readonly prefix: number;
};

export type IpFamily = 'ipv4' | 'ipv6';

export const BITS: Readonly<Record<IpFamily, number>> = { ipv4: 32, ipv6: 128 };

/** RFC 4291 §2.5.5.2: an IPv4 address written as IPv6 has these leading bits. */
const MAPPED_BITS = 96;
const MAPPED = 0xff_ffn << 32n;

/**
 * Reads a range as an administrator writes it; an address alone is a range of one.
 *
 * @throws {AdminRefusal} saying what is wrong with it, and what would be right
 */
export function parseIpRange(text: string): IpRange {
  const [address = '', bits, ...rest] = text.trim().split('/');
  const family = familyOf(address);
  if (family === undefined || rest.length > 0) {
    throw new AdminRefusal(
      `${quoted(text)} is no range: write an IPv4 or IPv6 address, or one with a prefix length, such as 203.0.113.0/24`,
    );
  }
  const prefix = bits === undefined ? BITS[family] : prefixOf(bits, family, text);
  const range = { family, first: numberOf(address, family), prefix };
  const first = firstOf(range);
  if (first === range.first) return withoutMapping(range);
  throw new AdminRefusal(
    `${quoted(text)} has bits set behind its prefix: write ${printIpRange({ ...range, first })} for the range, or ${address} for the one address`,
  );
}

/** Writes a range in one form only: in lower case, shortened, and an address alone without its prefix length. */
export const printIpRange = (range: IpRange): string =>
  range.prefix === BITS[range.family] ? addressOf(range) : `${addressOf(range)}/${range.prefix}`;

/** The lowest address of a range, as text. */
export function addressOf({ family, first }: IpRange): string {
  if (family === 'ipv4') return groupsOf(first, 4, 8n).join('.');
  const hexadecimal = groupsOf(first, 8, 16n).map((group) => group.toString(16));
  return canonicalIpv6(hexadecimal.join(':'));
}

/** The first address behind a range. */
export const endOf = ({ family, first, prefix }: IpRange): bigint => first + (1n << BigInt(BITS[family] - prefix));

/** An address of a network interface (`fe80::1%eth0`) means nothing elsewhere. */
function familyOf(address: string): IpFamily | undefined {
  if (isIPv4(address)) return 'ipv4';
  return isIPv6(address) && !address.includes('%') ? 'ipv6' : undefined;
}

function prefixOf(bits: string, family: IpFamily, text: string): number {
  const prefix = /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
  if (prefix <= BITS[family]) return prefix;
  throw new AdminRefusal(`${quoted(text)} has no valid prefix length: it must be a whole number from 0 to ${BITS[family]}`);
}

const numberOf = (address: string, family: IpFamily): bigint =>
  family === 'ipv4' ? joined(address.split('.').map(BigInt), 8n) : joined(ipv6Groups(canonicalIpv6(address)), 16n);

const joined = (groups: readonly bigint[], bits: bigint): bigint => groups.reduce((number, group) => (number << bits) | group, 0n);

const groupsOf = (number: bigint, count: number, bits: bigint): readonly bigint[] =>
  Array.from({ length: count }, (_, index) => BigInt.asUintN(Number(bits), number >> (bits * BigInt(count - 1 - index))));

/** WHATWG URL writes IPv6 in the form of RFC 5952, and IPv4 within it in hexadecimal. */
const canonicalIpv6 = (address: string): string => new URL(`http://[${address}]/`).hostname.slice(1, -1);

function ipv6Groups(address: string): readonly bigint[] {
  const [before = [], after = []] = address.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].map((group) => BigInt(`0x${group}`));
}

function firstOf({ family, first, prefix }: IpRange): bigint {
  const free = BigInt(BITS[family] - prefix);
  return (first >> free) << free;
}

function withoutMapping(range: IpRange): IpRange {
  const isMapped = range.family === 'ipv6' && range.prefix >= MAPPED_BITS && range.first >> 32n === MAPPED >> 32n;
  return isMapped ? { family: 'ipv4', first: range.first - MAPPED, prefix: range.prefix - MAPPED_BITS } : range;
}

const MAX_QUOTED = 60;
const quoted = (text: string): string => JSON.stringify(text.slice(0, MAX_QUOTED));
