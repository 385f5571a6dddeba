import { ScimError } from '../scim/errors.ts';
import { evaluate } from '../scim/filter/evaluate.ts';
import type { Directory, RequestContext } from './context.ts';
import type { Loaded } from './ports.ts';
import { present } from './present.ts';
import type { Search } from './search.ts';

/** A walk ends, with a refusal, past so many bytes of resources: about 4,000 read units. */
const MAX_SCAN_BYTES = 32 * 1024 * 1024;
/** Time kept back from the deadline to answer in. */
const ANSWER_MS = 1_000;

/**
 * Walks the whole collection and keeps what the filter matches: the page asked for, and the exact number in all.
 *
 * Never answers in part: a client would take what is left out for missing, and create it anew.
 *
 * @throws {ScimError} tooMany
 */
export async function scanMatching(
  { store, clock }: Directory,
  context: RequestContext,
  { type, filter, include, startIndex, count }: Search,
): Promise<{ readonly total: number; readonly loaded: readonly Loaded[] }> {
  const loaded: Loaded[] = [];
  let total = 0;
  let bytes = 0;
  for await (const chunk of store.scan(type.name, include, context)) {
    for (const candidate of chunk) {
      const resource = present(type, candidate, context);
      bytes += JSON.stringify(resource).length;
      if (!evaluate(filter, resource)) continue;
      total += 1;
      if (total >= startIndex && loaded.length < count) loaded.push(candidate);
    }
    if (bytes > MAX_SCAN_BYTES || clock() > context.deadlineMs - ANSWER_MS) throw tooMany();
  }
  return { total, loaded };
}

const tooMany = (): ScimError =>
  new ScimError(
    'tooMany',
    'The filter would have to look at more resources than one request may; narrow it with "eq" on id, userName, displayName, externalId or emails.value.',
  );
