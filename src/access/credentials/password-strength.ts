const MIN_CHARACTERS = 12;
const MAX_CHARACTERS = 128;
const MIN_DIFFERENT = 6;
/** So many characters in a row that anybody would guess from the one before them. */
const MAX_RUN = 5;

const ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'qwertzuiop', 'azertyuiop', 'asdfghjkl', 'zxcvbnm', 'yxcvbnm'];
const ROWS_BOTH_WAYS = ROWS.flatMap((row) => [row, [...row].reverse().join('')]);
const COMMON = ['password', 'passwort', 'letmein', 'welcome', 'changeme', 'qwerty', 'secret', 'admin'];

/**
 * Says what makes a password easy to guess, each in words that say what would be right; nothing for a strong one.
 *
 * Length counts most. A dictionary would be larger than the function that asks, so it is only a few words, those that
 * lead every list of leaked passwords, that count as nothing.
 */
export function weaknessesOf(password: string, identifier: string): readonly string[] {
  const characters = [...password];
  const folded = password.toLowerCase();
  const unguessed = COMMON.reduce((rest, word) => rest.replaceAll(word, ''), folded);
  const found: readonly (readonly [boolean, string])[] = [
    [!password.isWellFormed() || /\p{Cc}/u.test(password), 'it has control characters, or half of a surrogate pair; leave them out'],
    [characters.length < MIN_CHARACTERS, `it has ${characters.length} characters; take at least ${MIN_CHARACTERS}`],
    [characters.length > MAX_CHARACTERS, `it has ${characters.length} characters; take at most ${MAX_CHARACTERS}`],
    [holds(folded, identifier.toLowerCase()), 'it holds the identifier, or is part of it; take something else'],
    [new Set(folded).size < MIN_DIFFERENT, `it has fewer than ${MIN_DIFFERENT} different characters; take more of them`],
    [isRepeated(folded), 'it repeats one piece; take text that does not repeat'],
    [hasRun(folded), 'it has a sequence such as "12345" or "qwert"; take words that do not follow from each other'],
    [
      unguessed.length < folded.length && [...unguessed].length < MIN_CHARACTERS - 4,
      'it is little more than a word everybody tries first; add other words',
    ],
  ];
  return found.flatMap(([isWeak, reason]) => (isWeak ? [reason] : []));
}

const holds = (password: string, identifier: string): boolean =>
  password !== '' && (password.includes(identifier) || identifier.includes(password));

/** `abcabcabcabc` is as good as `abc`. */
const isRepeated = (password: string): boolean => password.length > 1 && `${password}${password}`.indexOf(password, 1) < password.length;

function hasRun(password: string): boolean {
  const pieces = Array.from({ length: Math.max(0, password.length - MAX_RUN + 1) }, (_, at) => password.slice(at, at + MAX_RUN));
  return pieces.some((piece) => new Set(piece).size === 1 || ROWS_BOTH_WAYS.some((row) => row.includes(piece)));
}
