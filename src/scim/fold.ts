const ASCII = /^[\x20-\x7e]*$/;

/** Full-width and half-width forms, and the ideographic space. */
const WIDTH_VARIANTS = /[\uff00-\uffef\u3000]/g;

/**
 * Maps strings that count as the same where case does not matter to one and the same string.
 *
 * RFC 7644 §5 asks for PRECIS; this is its UsernameCaseMapped preparation (RFC 8265 §3.3.2): width mapping, lower case,
 * NFC. The final sigma becomes a plain one, so that the fold of a prefix is a prefix of the fold. Idempotent.
 */
export function fold(value: string): string {
  if (ASCII.test(value)) return value.toLowerCase();
  return value
    .replace(WIDTH_VARIANTS, (character) => character.normalize('NFKC'))
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .normalize('NFC');
}
