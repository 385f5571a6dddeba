import { contradictionsIn } from '../../src/dynamodb/invariants/contradictions.ts';
import { type EntriesOf, factReader, NO_ENTRIES_EXPECTED } from '../../src/dynamodb/invariants/facts.ts';
import { unmarshal } from '../../src/dynamodb/item.ts';
import { membershipTypes } from '../../src/dynamodb/membership-types.ts';
import type { Registry } from '../../src/scim/schema/resource-type.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import type { RawItem } from './dynamodb-table.ts';

type Known = { readonly registry?: Registry; readonly entriesOf?: EntriesOf };

/**
 * Says where items of a table at rest contradict each other; nothing when they don't.
 *
 * What a removed resource left behind is judged by the keys: no row may name it but its tombstone, the outbox and what is
 * kept for a restore.
 */
export function contradictions(items: readonly RawItem[], { registry = REGISTRY, entriesOf = NO_ENTRIES_EXPECTED }: Known = {}) {
  const types = membershipTypes(registry);
  return contradictionsIn(items.map(unmarshal).map(factReader(types, entriesOf)), types, { isAtRest: true });
}
