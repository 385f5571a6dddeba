import { randomUUID } from 'node:crypto';
import {
  BatchGetItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { StoreCall } from '../directory/ports.ts';
import { chunksOf } from './at-once.ts';
import { nameMap, valueMap } from './condition.ts';
import { explainCancellation } from './failure.ts';
import { type Attributes, type Item, marshal, text, unmarshal } from './item.ts';
import type { TableKey } from './keys.ts';
import { type Attempt, type Pace, pauseBefore, persist } from './retry.ts';
import { deleteRequest, type PlannedWrite, putRequest, transactItem, updateRequest, type Write, type WritePlan } from './write.ts';
import { assertFits } from './write-size.ts';

export type Range = {
  readonly pk: string;
  /** Sort keys beyond this one. */
  readonly after?: string;
  /** Sort keys from this one on; in place of `after`. */
  readonly from?: string;
  /** Sort keys up to and including this one; not together with `after`. */
  readonly upTo?: string;
  readonly backwards?: boolean;
  /** How many items are wanted. */
  readonly limit?: number;
  /** How many one answer may hold. */
  readonly pageSize?: number;
  /** Attributes to hand over, when not all. */
  readonly only?: readonly string[];
};

const BATCH_LIMIT = 100;
/** An answer of a scan is well within the time of one call. */
const SCAN_LIMIT = 2_000;
const METER = { ReturnConsumedCapacity: 'TOTAL' } as const;
const STRONG = { ConsistentRead: true, ...METER } as const;

/**
 * The one way to the table: every read is strong, every call is metered and sent until it is answered or the request's
 * deadline has come.
 */
export class TableClient {
  readonly #client: Pick<DynamoDBClient, 'send'>;
  readonly #table: string;
  readonly #pace: Pace;

  constructor(client: Pick<DynamoDBClient, 'send'>, table: string, pace: Pace) {
    this.#client = client;
    this.#table = table;
    this.#pace = pace;
  }

  async get(key: TableKey, call: StoreCall): Promise<Attributes | undefined> {
    const command = new GetItemCommand({ TableName: this.#table, Key: marshal(key), ...STRONG });
    const { Item } = await persist(this.#pace, 'read', (options) => this.#client.send(command, options), call);
    return Item && unmarshal(Item);
  }

  /** Reads a key range, one answer of the service (at most 1 MB) at a time. */
  async *pages(
    { pk, backwards, limit = Infinity, pageSize = Infinity, only, ...range }: Range,
    call: StoreCall,
  ): AsyncGenerator<readonly Attributes[]> {
    const bounds = boundsOf(range);
    const input = {
      TableName: this.#table,
      KeyConditionExpression: ['#pk = :pk', ...bounds.conditions].join(' AND '),
      ExpressionAttributeNames: nameMap(['pk', ...(bounds.conditions.length > 0 ? ['sk'] : []), ...(only ?? [])]),
      ExpressionAttributeValues: valueMap({ pk, ...bounds.values }),
      ScanIndexForward: backwards !== true,
      ...(only && { ProjectionExpression: only.map((name) => `#${name}`).join(', ') }),
      ...STRONG,
    };
    let next: Item | undefined;
    let wanted = limit;
    do {
      const size = Math.min(wanted, pageSize);
      const command = new QueryCommand({
        ...input,
        ...(Number.isFinite(size) && { Limit: size }),
        ...(next && { ExclusiveStartKey: next }),
      });
      const { Items = [], LastEvaluatedKey } = await persist(this.#pace, 'read', (options) => this.#client.send(command, options), call);
      yield Items.map(unmarshal);
      wanted -= Items.length;
      next = LastEvaluatedKey;
    } while (next !== undefined && wanted > 0);
  }

  /** Reads a key range, as far as it is wanted. */
  async all(range: Range, call: StoreCall): Promise<readonly Attributes[]> {
    const rows: Attributes[] = [];
    for await (const page of this.pages(range, call)) rows.push(...page);
    return rows;
  }

  /** Reads the whole table, one answer of the service at a time; as it was a moment ago, at half the units, unless it is to be strong. */
  async scan(
    after: TableKey | undefined,
    call: StoreCall,
    { isStrong = false }: { readonly isStrong?: boolean } = {},
  ): Promise<{ readonly rows: readonly Attributes[]; readonly last?: TableKey }> {
    const command = new ScanCommand({
      TableName: this.#table,
      Limit: SCAN_LIMIT,
      ConsistentRead: isStrong,
      ...(after && { ExclusiveStartKey: marshal(after) }),
      ...METER,
    });
    const { Items = [], LastEvaluatedKey } = await persist(this.#pace, 'read', (options) => this.#client.send(command, options), call);
    const last = LastEvaluatedKey && unmarshal(LastEvaluatedKey);
    return { rows: Items.map(unmarshal), ...(last && { last: { pk: text(last, 'pk'), sk: text(last, 'sk') } }) };
  }

  /** Reads items by their keys, all in one round trip; those that are not there are left out. */
  async getMany(keys: readonly TableKey[], call: StoreCall): Promise<readonly Attributes[]> {
    const distinct = [...new Map(keys.map((key) => [`${key.pk}\n${key.sk}`, key])).values()];
    return (await Promise.all(chunksOf(distinct, BATCH_LIMIT).map((chunk) => this.#getChunk(chunk.map(marshal), call)))).flat();
  }

  /**
   * Carries out a plan: as a transaction, or, when it is a single write, as that.
   *
   * @throws what the plan says its failed condition means
   */
  async execute({ writes, writeId }: WritePlan, call: StoreCall): Promise<void> {
    const [only, ...others] = writes;
    if (only === undefined) return;
    assertFits(writes);
    if (others.length > 0 || only.write.kind === 'check') await this.#transact(writes, call);
    else await this.#writeOne(only, writeId, call);
  }

  async #getChunk(keys: readonly Item[], call: StoreCall): Promise<readonly Attributes[]> {
    const rows: Attributes[] = [];
    let left = keys;
    for (let retries = 0; left.length > 0; retries += 1) {
      if (retries > 0) await pauseBefore(this.#pace, retries, call);
      const command = new BatchGetItemCommand({ RequestItems: { [this.#table]: { Keys: [...left], ConsistentRead: true } }, ...METER });
      const output = await persist(this.#pace, 'read', (options) => this.#client.send(command, options), call);
      rows.push(...(output.Responses?.[this.#table] ?? []).map(unmarshal));
      left = output.UnprocessedKeys?.[this.#table]?.Keys ?? [];
    }
    return rows;
  }

  async #transact(writes: readonly PlannedWrite[], call: StoreCall): Promise<void> {
    // Fixed before the first attempt, so that an attempt whose answer was lost is not done twice.
    const command = new TransactWriteItemsCommand({
      TransactItems: writes.map(({ write }) => transactItem(this.#table, write)),
      ClientRequestToken: randomUUID(),
      ...METER,
    });
    try {
      await persist(this.#pace, 'write', (options) => this.#client.send(command, options), call);
    } catch (error) {
      throw explainCancellation(error, writes);
    }
  }

  async #writeOne({ write, onConditionFailed }: PlannedWrite, writeId: string | undefined, call: StoreCall): Promise<void> {
    try {
      await persist(this.#pace, 'write', this.#single(write), call);
    } catch (error) {
      if (!isFailedCondition(error)) throw error;
      const isOurs = writeId !== undefined && error.Item?.['writeId']?.S === writeId;
      if (!isOurs) throw onConditionFailed?.() ?? error;
    }
  }

  #single(write: Write): Attempt<object> {
    const common = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD', ...METER } as const;
    switch (write.kind) {
      case 'put':
        return (options) => this.#client.send(new PutItemCommand({ ...putRequest(this.#table, write), ...common }), options);
      case 'update':
        return (options) => this.#client.send(new UpdateItemCommand({ ...updateRequest(this.#table, write), ...common }), options);
      case 'delete':
        return (options) => this.#client.send(new DeleteItemCommand({ ...deleteRequest(this.#table, write), ...common }), options);
      case 'check':
        throw new TypeError('a check alone is sent as a transaction');
    }
  }
}

/** A key condition takes one condition on the sort key: with both ends, BETWEEN. */
function boundsOf({ after, from, upTo }: Pick<Range, 'after' | 'from' | 'upTo'>): {
  readonly conditions: readonly string[];
  readonly values: Attributes;
} {
  if (from !== undefined && upTo !== undefined) return { conditions: ['#sk BETWEEN :from AND :upTo'], values: { from, upTo } };
  if (from !== undefined) return { conditions: ['#sk >= :from'], values: { from } };
  if (after !== undefined) return { conditions: ['#sk > :after'], values: { after } };
  return upTo === undefined ? { conditions: [], values: {} } : { conditions: ['#sk <= :upTo'], values: { upTo } };
}

const isFailedCondition = (error: unknown): error is Error & { readonly Item?: Item } =>
  error instanceof Error && error.name === 'ConditionalCheckFailedException';
