import type { Random } from '../support/random.ts';

/** One byte more than is taken, so that the limit itself is met from both sides. */
const SIZES = [31, 32, 33, 199, 200, 201, 1_000, 8_180, 8_192, 8_193, 100_000];

/** What is repeated, in the hope that it is looked at more than once for each time it is there. */
const REPEATED = [
  ...'()[]"\\.:-+$ \t0129aeE_%/',
  'not(',
  'not (',
  '((',
  '()',
  '[]',
  'emails[',
  'emails[type[',
  '"\\',
  '\\"',
  '""',
  '" "',
  '\\u0022',
  '1.',
  '1e',
  '-1',
  '0.0',
  'a.',
  'a:',
  'urn:',
  ' or ',
  ' and ',
  'title pr or ',
  'title pr and not (title pr) or ',
  'ä',
  'a\u0301',
  '\u0301',
  '😀',
  '\ud800',
  '\0',
  '\ufb01',
];

/** What comes before and behind it, so that it stands where a name, a value, or the inside of a bracket is read. */
const FRAMES: readonly (readonly [before: string, behind: string])[] = [
  ['', ''],
  ['', ' pr'],
  ['title eq "', '"'],
  ['title eq "', ''],
  ['title co ', ''],
  ['title eq ', 'x'],
  ['title eq 1', '.'],
  ['not (', ')'],
  ['emails[', ']'],
  ['emails[type eq "', '"].value'],
  ['emails[type eq "work"].', ''],
  ['emails.', ' eq "a"'],
  ['meta.created gt "2011-05-13T04:42:34.', 'Z"'],
  ['urn:ietf:params:scim:schemas:core:2.0:User:', ' pr'],
];

/** A long text made to take long. */
export function adversarial(random: Random): string {
  const [before, behind] = random.pick(FRAMES);
  const size = random.pick(SIZES);
  const piece = random.pick(REPEATED);
  const middle = random.chance(0.5) ? piece.repeat(size) : piece.repeat(Math.ceil(size / piece.length)).slice(0, size);
  return before + middle + behind;
}
