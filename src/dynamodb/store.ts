import { randomBytes } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { CountedRemoval } from '../directory/brake/ports.ts';
import {
  type Change,
  type DirectoryStore,
  type Include,
  type KeptUser,
  type Loaded,
  type LoadedForChange,
  type MemberIds,
  type PageRange,
  type RemovedResource,
  type SeatLimit,
  type Slice,
  StaleRead,
  type StoreCall,
} from '../directory/ports.ts';
import { type IndexEntry, type KeptEntry, type StoredResource, USER } from '../directory/resource.ts';
import type { Registry } from '../scim/schema/resource-type.ts';
import { planCounted } from './brakes.ts';
import { readCounts } from './counts.ts';
import { readGroups } from './group-references.ts';
import { document, text } from './item.ts';
import { isId, keyOf, partitionOf } from './keys.ts';
import { load, loadForMemberChange, loadMany, relate } from './load.ts';
import { groupsWithin, memberIds } from './member-ids.ts';
import { type MembershipTypes, membershipTypes } from './membership-types.ts';
import { announceNesting } from './nesting.ts';
import { readOutbox } from './outbox.ts';
import { page, scan } from './page.ts';
import { planPastRemoval } from './past-removal.ts';
import { planCreate, planStagedCreate } from './plan-create.ts';
import { planDelete } from './plan-delete.ts';
import { planRestore } from './plan-restore.ts';
import { planStagedUpdate, planUpdate } from './plan-update.ts';
import { readAlive } from './relations.ts';
import { entriesKept, findKept, listRemoved, loadRemoved, toStamp } from './removed.ts';
import { type Pace, REAL_PACE } from './retry.ts';
import { claimSeat } from './seats/claim-seat.ts';
import { type SeatClaim, takesSeat } from './seats/seat.ts';
import { slice } from './slice.ts';
import { settle } from './staged/settle.ts';
import { type Author, commitStaged } from './staged/staging.ts';
import { TableClient } from './table-client.ts';
import type { PlannedWrite, WritePlan } from './write.ts';
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
  /** How long events can be read. */
  readonly eventRetentionDays?: number;
};

/** Has to differ from the few others written to one item within a request's time, and is paid for by the byte. */
const shortId = (): string => randomBytes(9).toString('base64url');

export const openDirectoryStore = (options: DirectoryStoreOptions): DirectoryStore => new DynamoDbDirectoryStore(options);

class DynamoDbDirectoryStore implements DirectoryStore {
  readonly #table: TableClient;
  readonly #types: MembershipTypes;
  readonly #now: () => number;
  readonly #newWriteId: () => string;
  readonly #retentionDays: number;
  readonly #staging: Author;
  readonly #transactionLimit: number;

  constructor({
    client,
    tableName,
    registry,
    newWriteId = shortId,
    retentionDays = 30,
    eventRetentionDays = 30,
    transactionLimit = TRANSACTION_LIMIT,
    ...pace
  }: DirectoryStoreOptions) {
    const { now, sleep, random } = { ...REAL_PACE, ...pace };
    this.#table = new TableClient(client, tableName, { now, sleep, random });
    this.#types = membershipTypes(registry);
    this.#now = now;
    this.#newWriteId = newWriteId;
    this.#retentionDays = retentionDays;
    this.#transactionLimit = transactionLimit;
    this.#staging = { table: this.#table, pace: { now, sleep, random }, eventRetentionDays };
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
    const groups = await readGroups(this.#table, memberId, readOutbox(this.#table, this.#types.groups, call), call);
    return groups.map(({ groupId }) => groupId);
  }

  groupsWithin(groupId: string, call: StoreCall): Promise<readonly string[] | undefined> {
    return groupsWithin(this.#table, groupId, call);
  }

  memberIds(type: string, groupIds: readonly string[], part: Pick<Slice, 'after' | 'limit'>, call: StoreCall): Promise<MemberIds> {
    return memberIds(this.#table, type, groupIds, part, call);
  }

  async count(type: string, call: StoreCall): Promise<number> {
    const { total } = await readCounts(this.#table, type, call);
    return total;
  }

  async countSeats(call: StoreCall): Promise<number> {
    const { total, free } = await readCounts(this.#table, USER, call);
    return total - free;
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

  loadRemoved(type: string, id: string, call: StoreCall): Promise<RemovedResource | undefined> {
    return loadRemoved(this.#table, type, id, this.#now(), call);
  }

  findKept(type: string, entry: KeptEntry, call: StoreCall): Promise<KeptUser | undefined> {
    return findKept(this.#table, type, entry, this.#now(), call);
  }

  listRemoved(type: string, call: StoreCall, after?: string): AsyncIterable<readonly RemovedResource[]> {
    return listRemoved(this.#table, type, this.#now(), call, after);
  }

  async commit(change: Change, call: StoreCall, counted?: CountedRemoval): Promise<StoredResource | undefined> {
    const beside = counted === undefined ? [] : [planCounted(counted)];
    switch (change.kind) {
      case 'create':
        return this.#create(change, call);
      case 'update':
        return this.#update(change, beside, call);
      case 'delete':
        return this.#delete(change, beside, call);
      case 'restore':
        return this.#restore(change, call);
    }
  }

  async #create(change: Change & { kind: 'create' }, call: StoreCall): Promise<StoredResource> {
    const { plan, committed } = planCreate(change, this.#types, await this.#claim(change, takesSeat(undefined, change.resource), call));
    await announceNesting(this.#table, this.#types, committed.id, change.members, call);
    if (!this.#isStaged(plan, change.members.length)) await this.#table.execute(plan, call);
    else await commitStaged(this.#staging, planStagedCreate(change, this.#types, this.#newWriteId()).change, call);
    return committed;
  }

  async #update(change: Change & { kind: 'update' }, beside: readonly PlannedWrite[], call: StoreCall): Promise<StoredResource> {
    const claim = await this.#claim(change, takesSeat(change.before, change.after), call);
    const { plan, committed } = planUpdate(change, this.#types, this.#newWriteId(), { claim, beside });
    await announceNesting(this.#table, this.#types, committed.id, change.members.add, call);
    await this.#makingWay(change.before, call, () =>
      this.#isStaged(plan, change.members.add.length + change.members.remove.length)
        ? commitStaged(this.#staging, planStagedUpdate(change, this.#types, this.#newWriteId(), beside).change, call)
        : this.#table.execute(plan, call),
    );
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

  async #delete(change: Change & { kind: 'delete' }, beside: readonly PlannedWrite[], call: StoreCall): Promise<undefined> {
    const keptUntil = Math.ceil(this.#now() / 1_000) + this.#retentionDays * 86_400;
    const { writes } = planDelete(change, keptUntil);
    await this.#table.execute({ writes: [...writes, ...beside] }, call);
  }

  async #restore(change: Change & { kind: 'restore' }, call: StoreCall): Promise<StoredResource> {
    const { type, id, version } = change.before;
    const [keptAs, tombstone] = await Promise.all([
      entriesKept(this.#table, change.before, change.keptAs ?? [], call),
      this.#table.get(keyOf.tombstone(type, id), call),
    ]);
    const claim = await this.#claim(change, takesSeat(undefined, change.after ?? change.before), call);
    const { plan, committed } = planRestore({ ...change, keptAs }, this.#types, claim);
    const past = tombstone ? [planPastRemoval(id, version, toStamp(document(tombstone, 'lastChange')), this.#now())] : [];
    await this.#table.execute({ ...plan, writes: [...plan.writes, ...past] }, call);
    return committed;
  }

  async #claim({ seats }: { readonly seats?: SeatLimit }, isTaking: boolean, call: StoreCall): Promise<SeatClaim | undefined> {
    return seats && isTaking ? claimSeat({ table: this.#table, now: this.#now }, seats, call) : undefined;
  }
}
