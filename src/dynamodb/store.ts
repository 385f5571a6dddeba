import { randomBytes } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  type Change,
  type DirectoryStore,
  type Include,
  type Loaded,
  type LoadedForChange,
  type PageRange,
  type Slice,
  StaleRead,
  type StoreCall,
} from '../directory/ports.ts';
import type { IndexEntry, StoredResource } from '../directory/resource.ts';
import type { Registry } from '../scim/schema/resource-type.ts';
import { readCounts } from './counts.ts';
import { text } from './item.ts';
import { isId, keyOf, partitionOf } from './keys.ts';
import { load, loadForMemberChange, loadMany, relate } from './load.ts';
import { type MembershipTypes, membershipTypes } from './membership-types.ts';
import { readOutbox } from './outbox.ts';
import { page, scan } from './page.ts';
import { planCreate, planStagedCreate } from './plan-create.ts';
import { planDelete } from './plan-delete.ts';
import { planStagedUpdate, planUpdate } from './plan-update.ts';
import { groupsOf, readAlive } from './relations.ts';
import { type Pace, REAL_PACE } from './retry.ts';
import { slice } from './slice.ts';
import { manifestOf } from './staged/manifest.ts';
import { finish, type Staging, settle } from './staged/settle.ts';
import { commitStaged, type StagedChange } from './staged/staging.ts';
import { tidyChanges } from './staged/tidy.ts';
import { type Sweeping, sweepRemoved, sweepRenamed, tidyOutbox } from './sweep.ts';
import { TableClient } from './table-client.ts';
import type { WritePlan } from './write.ts';
import { isTransaction, TRANSACTION_LIMIT } from './write-size.ts';

export type DirectoryStoreOptions = Partial<Pace> & {
  /** Made by `openDynamoDb`, or otherwise one that doesn't retry by itself: retrying is this store's own work. */
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly tableName: string;
  readonly registry: Registry;
  readonly newWriteId?: () => string;
  /** So many writes are one transaction at most; a change of members that needs more is staged. */
  readonly transactionLimit?: number;
  /** How long a removed resource is kept for a restore. */
  readonly retentionDays?: number;
  /** Told of what went wrong after a change was committed; readers are right all the same, and the sweep is done later. */
  readonly onSweepFailure?: (error: unknown) => void;
};

/** A sweep may take this long, and leaves this much of the request's time to answer. */
const SWEEP_MS = 2_000;
/** The finish of a large change may take as long as its staging did: the next one would have to wait for it. */
const FINISH_MS = 10_000;
const ANSWER_RESERVE_MS = 500;

/** Has to differ from the few others written to one item within a request's time, and is paid for by the byte. */
const shortId = (): string => randomBytes(9).toString('base64url');

export const openDirectoryStore = (options: DirectoryStoreOptions): DirectoryStore => new DynamoDbDirectoryStore(options);

class DynamoDbDirectoryStore implements DirectoryStore {
  readonly #table: TableClient;
  readonly #types: MembershipTypes;
  readonly #now: () => number;
  readonly #newWriteId: () => string;
  readonly #sweeping: Sweeping;
  readonly #staging: Staging;
  readonly #transactionLimit: number;
  readonly #onSweepFailure: (error: unknown) => void;

  constructor({
    client,
    tableName,
    registry,
    newWriteId = shortId,
    retentionDays = 30,
    transactionLimit = TRANSACTION_LIMIT,
    onSweepFailure,
    ...pace
  }: DirectoryStoreOptions) {
    const { now, sleep, random } = { ...REAL_PACE, ...pace };
    this.#table = new TableClient(client, tableName, { now, sleep, random });
    this.#types = membershipTypes(registry);
    this.#now = now;
    this.#newWriteId = newWriteId;
    const keptUntil = (nowMs: number): number => Math.ceil(nowMs / 1_000) + retentionDays * 86_400;
    this.#sweeping = { table: this.#table, types: this.#types, now, keptUntil };
    this.#transactionLimit = transactionLimit;
    this.#staging = { table: this.#table, pace: { now, sleep, random } };
    this.#onSweepFailure = onSweepFailure ?? (() => undefined);
  }

  load(type: string, id: string, include: Include, call: StoreCall): Promise<Loaded | undefined> {
    return load(this.#table, this.#types, type, id, include, call);
  }

  loadForMemberChange(type: string, id: string, memberIds: readonly string[], call: StoreCall): Promise<LoadedForChange | undefined> {
    return loadForMemberChange(this.#table, type, id, memberIds, call);
  }

  loadMany(type: string, ids: readonly string[], include: Include, call: StoreCall): Promise<readonly Loaded[]> {
    return loadMany(this.#table, this.#types, type, ids, include, call);
  }

  aliveTypes(ids: readonly string[], call: StoreCall): Promise<ReadonlyMap<string, string>> {
    return readAlive(this.#table, ids, call);
  }

  async findIds(type: string, index: 'unique' | 'lookup', entry: IndexEntry, call: StoreCall): Promise<readonly string[]> {
    if (index === 'lookup') {
      const rows = await this.#table.all({ pk: partitionOf.lookup(type, entry) }, call);
      return rows.map((row) => text(row, 'sk'));
    }
    const row = await this.#table.get(keyOf.unique(type, entry), call);
    return row ? [text(row, 'id')] : [];
  }

  async groupIdsOf(memberId: string, call: StoreCall): Promise<readonly string[]> {
    if (!isId(memberId)) return [];
    const groups = await groupsOf(this.#table, memberId, readOutbox(this.#table, this.#types.groups, call), call);
    return groups.map(({ value }) => value);
  }

  async count(type: string, call: StoreCall): Promise<number> {
    const { total } = await readCounts(this.#table, type, call);
    return total;
  }

  page(
    type: string,
    range: PageRange,
    include: Include,
    call: StoreCall,
  ): Promise<{ readonly total: number; readonly loaded: readonly Loaded[] }> {
    return page({ table: this.#table, types: this.#types, now: this.#now }, type, range, include, call);
  }

  relate(resources: readonly StoredResource[], include: Include, call: StoreCall): Promise<readonly Loaded[]> {
    return relate(this.#table, this.#types, resources, include, call);
  }

  slice(
    type: string,
    part: Slice,
    include: Include,
    call: StoreCall,
  ): Promise<{ readonly loaded: readonly Loaded[]; readonly isLast: boolean }> {
    return slice({ table: this.#table, types: this.#types }, type, part, include, call);
  }

  scan(type: string, include: Include, call: StoreCall): AsyncIterable<readonly Loaded[]> {
    return scan({ table: this.#table, types: this.#types, now: this.#now }, type, include, call);
  }

  async commit(change: Change, call: StoreCall): Promise<StoredResource | undefined> {
    switch (change.kind) {
      case 'create':
        return this.#create(change, call);
      case 'update':
        return this.#update(change, call);
      case 'delete':
        return this.#delete(change, call);
    }
  }

  async #create(change: Change & { kind: 'create' }, call: StoreCall): Promise<StoredResource> {
    const { plan, committed } = planCreate(change, this.#types);
    if (!this.#isStaged(plan, change.members.length)) await this.#table.execute(plan, call);
    else await this.#stage(planStagedCreate(change, this.#types, this.#newWriteId()).change, call);
    return committed;
  }

  async #update(change: Change & { kind: 'update' }, call: StoreCall): Promise<StoredResource> {
    const { plan, committed, renamedTo } = planUpdate(change, this.#types, this.#newWriteId());
    await this.#makingWay(change.before, call, () =>
      this.#isStaged(plan, change.members.add.length + change.members.remove.length)
        ? this.#stage(planStagedUpdate(change, this.#types, this.#newWriteId()).change, call)
        : this.#table.execute(plan, call),
    );
    if (renamedTo !== undefined) {
      await this.#afterwards(call, (rest) =>
        Promise.all([sweepRenamed(this.#sweeping, committed, renamedTo, rest), tidyOutbox(this.#sweeping, committed.type, rest)]),
      );
    }
    return committed;
  }

  /** What is too large without its members is refused as it is. */
  #isStaged({ writes }: WritePlan, memberCount: number): boolean {
    return memberCount > 0 && !isTransaction(writes, this.#transactionLimit);
  }

  /** What another's large change stands in the way of is decided again once that is out of the way. */
  async #makingWay({ type, id }: StoredResource, call: StoreCall, write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (error instanceof StaleRead && this.#types.isGroup(type)) await settle(this.#staging, type, id, call);
      throw error;
    }
  }

  async #stage(change: StagedChange, call: StoreCall): Promise<void> {
    await commitStaged(this.#staging, change, call);
    const { id, group, members } = change;
    await this.#afterwards(
      call,
      async (rest) => {
        await finish(this.#table, { id, type: group.type, groupId: group.id }, manifestOf(members), rest);
        await tidyChanges(this.#staging, rest);
      },
      FINISH_MS,
    );
  }

  async #delete(change: Change & { kind: 'delete' }, call: StoreCall): Promise<undefined> {
    await this.#table.execute(planDelete(change, this.#sweeping.keptUntil(this.#now())), call);
    await this.#afterwards(call, (rest) =>
      Promise.all([sweepRemoved(this.#sweeping, change.before, rest), tidyOutbox(this.#sweeping, change.before.type, rest)]),
    );
  }

  /** The change is committed, so nothing that happens here may make it look as if it were not. */
  async #afterwards(call: StoreCall, work: (call: StoreCall) => Promise<unknown>, withinMs = SWEEP_MS): Promise<void> {
    const deadlineMs = Math.min(call.deadlineMs - ANSWER_RESERVE_MS, this.#now() + withinMs);
    try {
      await work({ ...call, deadlineMs });
    } catch (error) {
      this.#onSweepFailure(error);
    }
  }
}
