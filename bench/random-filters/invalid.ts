import { pathNames } from '../../src/scim/schema/lookup.ts';
import type { ResourceType } from '../../src/scim/schema/resource-type.ts';
import type { Random } from '../support/random.ts';

const CHARACTERS = [...'()[]"\\.:$ \t\0-+eE0129aZ_%/', 'ä', '😀', '\ud800', '\u0301', '\u3000', '\ufeff'];
const WORDS = [
  'not',
  'and',
  'or',
  'pr',
  'eq',
  'co',
  'gt',
  'true',
  'null',
  '"a"',
  '"',
  '1e999',
  '-0',
  '01',
  '__proto__',
  '.value',
  'urn:ietf',
];

/** A text in which a slip or two has been made: something is gone, has come in, or stands twice. */
export function withSlips(text: string, random: Random): string {
  const slips = 1 + random.below(3);
  return Array.from({ length: slips }).reduce<string>((current) => withSlip(current, random), text);
}

function withSlip(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const end = at + random.below(8);
  const [before, piece, rest] = [text.slice(0, at), text.slice(at, end), text.slice(end)];
  switch (random.below(4)) {
    case 0:
      return before + rest;
    case 1:
      return before + piece + piece + rest;
    case 2:
      return before + random.pick(CHARACTERS) + piece + rest;
    default:
      return before + random.pick(WORDS) + rest;
  }
}

/** Words and characters in no order, or bare noise. */
export function garbage(type: ResourceType, random: Random): string {
  const names = pathNames(type);
  const length = random.below(40);
  const isNoise = random.chance(0.3);
  const one = (): string => {
    if (isNoise) return String.fromCharCode(random.below(0x1_0000));
    return random.chance(0.3) ? random.pick(names) : random.pick(random.chance(0.5) ? WORDS : CHARACTERS);
  };
  return Array.from({ length }, one).join(random.chance(0.5) ? ' ' : '');
}
