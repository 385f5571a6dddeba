import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { StoreCall } from '../../directory/ports.ts';
import type { Registry } from '../../scim/schema/resource-type.ts';
import type { TableKey } from '../keys.ts';
import { membershipTypes } from '../membership-types.ts';
import { REAL_PACE } from '../retry.ts';
import { TableClient } from '../table-client.ts';
import { contradictionsIn } from './contradictions.ts';
import { type EntriesOf, type Fact, factReader } from './facts.ts';

type Checked = { readonly items: number; readonly problems: readonly string[] };

type TableToCheck = {
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly tableName: string;
  readonly registry: Registry;
  readonly entriesOf: EntriesOf;
  /** For each answer of the service. */
  readonly newCall: () => StoreCall;
  readonly show: (items: number) => void;
};

/**
 * Looks through the whole table for items that contradict each other. While it is written to, what is read first may not
 * fit what is read last: look again before you believe it.
 */
export async function checkTable({ client, tableName, registry, entriesOf, newCall, show }: TableToCheck): Promise<Checked> {
  const table = new TableClient(client, tableName, REAL_PACE);
  const types = membershipTypes(registry);
  const factOf = factReader(types, entriesOf);
  const facts: Fact[] = [];
  let place: TableKey | undefined;
  do {
    const { rows, last } = await table.scan(place, newCall(), { isStrong: true });
    for (const row of rows) facts.push(factOf(row));
    show(facts.length);
    place = last;
  } while (place !== undefined);
  return { items: facts.length, problems: contradictionsIn(facts, types, { isAtRest: false }) };
}
