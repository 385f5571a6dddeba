import { UsageError } from '../../command.ts';

const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/**
 * Finds the id of a request in whatever was pasted: the id, `(request 7f8d…)`, or a whole error text.
 *
 * A text may name a resource's id, too; that of the request stands behind the word.
 */
export function parseRequestId(pasted: string): string {
  const [, named] = new RegExp(`request:?\\s+["']?(${ID})`, 'i').exec(pasted) ?? [];
  const [only, another] = pasted.match(new RegExp(ID, 'gi')) ?? [];
  const found = named ?? (another === undefined ? only : undefined);
  if (found === undefined)
    throw new UsageError(
      'There is no request id in that. It looks like 7f8dc820-2d3e-47d9-87f7-a0f752c8b2ae, and stands at the end of an error text: "(request …)".',
    );
  return found.toLowerCase();
}
