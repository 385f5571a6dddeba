import { type AttributeValue, type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';

export type RawItem = Readonly<Record<string, AttributeValue>>;

/** Everything the table holds, for tests of what was left behind. */
export async function readTable(client: DynamoDBClient, tableName: string): Promise<readonly RawItem[]> {
  const items: RawItem[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: tableName, ConsistentRead: true })) items.push(...Items);
  return items;
}

/** The items whose partition key begins so, as `pk → sk` lines in order. */
export const keysUnder = (items: readonly RawItem[], prefix: string): readonly string[] =>
  items
    .map(({ pk, sk }) => `${pk?.S} → ${sk?.S}`)
    .filter((line) => line.startsWith(prefix))
    .sort();

/** Manifests of large changes that nothing would ever take away. */
export const lastingManifests = (items: readonly RawItem[]): readonly string[] =>
  keysUnder(
    items.filter(({ ttl }) => ttl === undefined),
    'Group#',
  ).filter((key) => key.includes('#Change#'));

/** Size of an item as the service counts it: names and values in UTF-8, numbers at about a byte for two digits. */
export const sizeOf = (item: RawItem): number =>
  Object.entries(item).reduce((bytes, [name, { S = '', N = '' }]) => {
    return bytes + Buffer.byteLength(name) + Buffer.byteLength(S) + (N === '' ? 0 : Math.ceil(N.length / 2) + 1);
  }, 0);
