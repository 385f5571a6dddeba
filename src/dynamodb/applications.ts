import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Application, applicationSchema } from '../access/application.ts';
import { rebuildName, rebuildsFor } from '../access/mapping-rebuilds.ts';
import type { ApplicationChanges, ApplicationRepository, StoreCall } from '../access/ports.ts';
import { planAnnounce } from './backfill/plan-step.ts';
import { type Condition, isAbsent, isEqual } from './condition.ts';
import { type Attributes, document, text } from './item.ts';
import { keyOf } from './keys.ts';
import { type Pace, REAL_PACE } from './retry.ts';
import type { ReadSettings } from './settings-reader.ts';
import { TableClient } from './table-client.ts';
import { type PlannedWrite, Superseded, type Write, type WritePlan } from './write.ts';

export type ApplicationRepositoryOptions = Partial<Pace> & {
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly tableName: string;
  /** Shared with others that read settings, so that they go in one call. */
  readonly readSettings?: ReadSettings;
};

export function openApplicationRepository({
  client,
  tableName,
  readSettings,
  ...pace
}: ApplicationRepositoryOptions): ApplicationRepository {
  const table = new TableClient(client, tableName, { ...REAL_PACE, ...pace });
  const { now } = { ...REAL_PACE, ...pace };
  return {
    find: async (key, call) => {
      const at = keyOf.application(key);
      const row = await (readSettings ? readSettings(at, call) : table.get(at, call));
      return row && toApplication(key, row);
    },
    create: async (application, call) => {
      try {
        await table.execute(planPut(application, randomUUID(), isAbsent), call);
        return true;
      } catch (error) {
        if (error instanceof Superseded) return false;
        throw error;
      }
    },
    list: async (call) => (await readAll(table, call)).map(({ application }) => application),
    change: (decide, call) => change(table, decide, () => new Date(now()).toISOString(), call),
  };
}

type Stored = { readonly application: Application; readonly writeId: string };

/** Every write leaves another `writeId`: the one that was read is what the next write is conditional on. */
async function change(
  table: TableClient,
  decide: (all: readonly Application[]) => ApplicationChanges,
  startedAt: () => string,
  call: StoreCall,
): Promise<void> {
  for (;;) {
    const all = await readAll(table, call);
    const plan = planChanges(decide(all.map(({ application }) => application)), all, startedAt());
    try {
      await table.execute(plan, call);
      return;
    } catch (error) {
      if (!(error instanceof Superseded)) throw error;
    }
  }
}

async function readAll(table: TableClient, call: StoreCall): Promise<readonly Stored[]> {
  const { pk, prefix } = keyOf.applications();
  const rows = await table.all({ pk, from: prefix, upTo: `${prefix}\uffff` }, call);
  return rows.map((row) => ({ application: toApplication(text(row, 'sk').slice(prefix.length), row), writeId: text(row, 'writeId') }));
}

function planChanges({ put = [], remove = [] }: ApplicationChanges, all: readonly Stored[], startedAt: string): WritePlan {
  const writeId = randomUUID();
  const asRead = (key: string): Condition => {
    const stored = all.find(({ application }) => application.key === key);
    return stored === undefined ? isAbsent : isEqual('writeId', stored.writeId);
  };
  const puts = put.map((application) => putOf(application, writeId, asRead(application.key)));
  const deletes = remove.map((key) => ({ kind: 'delete', key: keyOf.application(key), condition: asRead(key) }) as const);
  const writes = [...puts, ...deletes].map((write) => ({ write, onConditionFailed: () => new Superseded() }));
  return { writes: [...writes, ...planRebuilds({ put, remove }, all, startedAt)], writeId };
}

/** Written with the change that makes them necessary: none is forgotten, whatever happens to who makes it. */
function planRebuilds({ put = [], remove = [] }: ApplicationChanges, all: readonly Stored[], startedAt: string): readonly PlannedWrite[] {
  const before = (key: string) => all.find(({ application }) => application.key === key)?.application;
  const rebuilds = [
    ...put.flatMap((application) => rebuildsFor(application.key, before(application.key), application)),
    ...remove.flatMap((key) => rebuildsFor(key, before(key), undefined)),
  ];
  return rebuilds.map(({ type, revision, ...rebuild }) =>
    planAnnounce({ name: rebuildName({ type, ...rebuild }), type, revision, startedAt }),
  );
}

const planPut = (application: Application, writeId: string, condition: Condition): WritePlan => ({
  writes: [{ write: putOf(application, writeId, condition), onConditionFailed: () => new Superseded() }],
  writeId,
});

function putOf(
  { key, policy, credentials, mapping, schemaVersion: _, ...others }: Application,
  writeId: string,
  condition: Condition,
): Write {
  const attributes = {
    ...others,
    policy: JSON.stringify(policy),
    credentials: JSON.stringify(credentials),
    mapping: mapping && JSON.stringify(mapping),
    writeId,
  };
  return { kind: 'put', key: keyOf.application(key), attributes, condition };
}

const toApplication = (key: string, row: Attributes): Application =>
  applicationSchema.parse({
    ...row,
    key,
    policy: document(row, 'policy'),
    ...(row['credentials'] !== undefined && { credentials: document(row, 'credentials') }),
    ...(row['mapping'] !== undefined && { mapping: document(row, 'mapping') }),
  });
