import * as z from 'zod/mini';
import { didYouMean } from '../../../../src/access/nearest-name.ts';
import { UsageError } from '../../../command.ts';

/** As Microsoft publishes the addresses of Azure's services; only what is read of it. */
const fileSchema = z.object({
  values: z.array(z.object({ name: z.string(), properties: z.object({ addressPrefixes: z.array(z.string()) }) })),
});

/** @throws {UsageError} when it is no such file, or knows no such tag */
export function prefixesOf(file: unknown, tag: string): readonly string[] {
  const parsed = fileSchema.safeParse(file);
  if (!parsed.success) {
    throw new UsageError(
      'This is no service tags file: take the JSON file of "Azure IP Ranges and Service Tags" from the Microsoft Download Center.',
    );
  }
  const tags = parsed.data.values;
  const found = tags.find(({ name }) => name === tag);
  if (found === undefined) throw new UsageError(`The file has no service tag "${tag}"${suggestion(tag, tags)}`);
  return found.properties.addressPrefixes;
}

/** There are thousands of tags: none is listed that is not meant. */
function suggestion(tag: string, tags: readonly { readonly name: string }[]): string {
  const advice = didYouMean(
    tag,
    tags.map(({ name }) => name),
  );
  return advice.startsWith('; did') ? advice : '.';
}
