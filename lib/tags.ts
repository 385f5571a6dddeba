import * as z from 'zod';
import { TenantFileError } from './settings-file.ts';

/** What AWS lets a tag be, and how many a resource may have beside the ones of its stack. */
const KEY = /^(?!aws:)[\p{L}\p{N} _.:/=+@-]{1,128}$/iu;
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

type Tagged = { readonly name: string; readonly tags: Readonly<Record<string, string>> };

/**
 * Counts the tags that a tenant's resources get: those of the account are among them.
 *
 * @throws {TenantFileError} naming the first tenant that has more than AWS takes
 */
export function checkTags(tenants: readonly Tagged[], { tags: shared }: Pick<Tagged, 'tags'>): void {
  for (const { name, tags } of tenants) {
    const count = Object.keys({ ...shared, ...tags }).length;
    if (count > MOST_TAGS) {
      throw new TenantFileError(`${name}.json: "tags": must be at most ${MOST_TAGS} together with those of account.json, not ${count}`);
    }
  }
}
