import * as z from 'zod';

/** What AWS lets a tag be, and how many a resource may have beside the ones of its stack. */
const KEY = /^(?!aws:)[\p{L}\p{N} _.:/=+@-]{1,128}$/u;
const VALUE = /^[\p{L}\p{N} _.:/=+@-]{0,256}$/u;
const MOST_TAGS = 40;

export const tagsSchema = z
  .record(z.string(), z.string().regex(VALUE, 'must be up to 256 letters, digits, blanks and _ . : / = + @ -'))
  .refine(
    (tags) => Object.keys(tags).every((key) => KEY.test(key)),
    'must have keys of 1 to 128 letters, digits, blanks and _ . : / = + @ -',
  )
  .refine((tags) => Object.keys(tags).length <= MOST_TAGS, `must be at most ${MOST_TAGS}`)
  .default({});
