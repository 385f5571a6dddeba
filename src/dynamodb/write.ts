import type { Delete, Put, TransactWriteItem, Update } from '@aws-sdk/client-dynamodb';
import { type Condition, nameMap, valueMap } from './condition.ts';
import { type Attributes, marshal } from './item.ts';
import type { TableKey } from './keys.ts';
import { SCHEMA_VERSION } from './table.ts';

/** One write of one item, as data that names no table. */
export type Write =
  | { readonly kind: 'put'; readonly key: TableKey; readonly attributes: Attributes; readonly condition?: Condition }
  | {
      readonly kind: 'update';
      readonly key: TableKey;
      /** What is undefined here is removed from the item. */
      readonly set: Attributes;
      readonly add?: Readonly<Record<string, number>>;
      readonly condition?: Condition;
    }
  | { readonly kind: 'delete'; readonly key: TableKey; readonly condition?: Condition }
  | { readonly kind: 'check'; readonly key: TableKey; readonly condition: Condition };

/** A write and what its failed condition means, kept together so that they can never drift apart. */
export type PlannedWrite = { readonly write: Write; readonly onConditionFailed?: () => Error };

/** Writes that happen all or not at all. */
export type WritePlan = {
  readonly writes: readonly PlannedWrite[];
  /** What a plan of a single write leaves in the item, to know its own work when the answer to it was lost. */
  readonly writeId?: string;
};

/** What a write was to bring about is so already, or no longer wanted: its condition failed, and nothing is wrong. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
}

/** Waits for a write that may come too late: there is nothing left for it to do. */
export async function ignoreSuperseded(work: Promise<void>): Promise<void> {
  await isSuperseded(work);
}

/** Waits for a write, and says whether it came too late. */
export const isSuperseded = (work: Promise<void>): Promise<boolean> =>
  work.then(
    () => false,
    (error: unknown) => {
      if (!(error instanceof Superseded)) throw error;
      return true;
    },
  );

export const putRequest = (table: string, { key, attributes, condition }: Write & { kind: 'put' }): Put => ({
  TableName: table,
  Item: marshal({ ...key, ...attributes, schemaVersion: SCHEMA_VERSION }),
  ...conditionOf(condition),
});

export const deleteRequest = (table: string, { key, condition }: Write & { kind: 'delete' }): Delete => ({
  TableName: table,
  Key: marshal(key),
  ...conditionOf(condition),
});

export function updateRequest(table: string, { key, set, add = {}, condition }: Write & { kind: 'update' }): Update {
  const names = [...Object.keys(set), ...Object.keys(add), ...(condition?.names ?? [])];
  return {
    TableName: table,
    Key: marshal(key),
    UpdateExpression: updateExpression(set, add),
    ...(condition && { ConditionExpression: condition.text }),
    ExpressionAttributeNames: nameMap(names),
    ExpressionAttributeValues: valueMap({ ...set, ...add, ...condition?.values }),
  };
}

export function transactItem(table: string, write: Write): TransactWriteItem {
  switch (write.kind) {
    case 'put':
      return { Put: putRequest(table, write) };
    case 'update':
      return { Update: updateRequest(table, write) };
    case 'delete':
      return { Delete: deleteRequest(table, write) };
    case 'check':
      return {
        ConditionCheck: {
          TableName: table,
          Key: marshal(write.key),
          ConditionExpression: write.condition.text,
          ...placeholders(write.condition),
        },
      };
  }
}

function updateExpression(set: Attributes, add: Attributes): string {
  const isSet = ([, value]: [string, unknown]): boolean => value !== undefined;
  const assigned = Object.entries(set).filter(isSet);
  const removed = Object.entries(set).filter((entry) => !isSet(entry));
  const clauses = [
    ['SET', assigned.map(([name]) => `#${name} = :${name}`)],
    ['REMOVE', removed.map(([name]) => `#${name}`)],
    ['ADD', Object.keys(add).map((name) => `#${name} :${name}`)],
  ] as const;
  return clauses.flatMap(([verb, terms]) => (terms.length === 0 ? [] : [`${verb} ${terms.join(', ')}`])).join(' ');
}

const conditionOf = (condition: Condition | undefined) =>
  condition === undefined ? {} : { ConditionExpression: condition.text, ...placeholders(condition) };

function placeholders({ names, values }: Condition) {
  const Values = valueMap(values);
  return {
    ExpressionAttributeNames: nameMap(names),
    ...(Object.keys(Values).length > 0 && { ExpressionAttributeValues: Values }),
  };
}
