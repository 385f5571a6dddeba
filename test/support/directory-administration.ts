import { answerAdmin } from '../../lambdas/admin/answer.ts';
import type { AdminAnswer } from '../../src/access/admin-answer.ts';
import type { AdminRequestInput } from '../../src/access/admin-request.ts';
import type { FeedAdministration } from '../../src/directory/feed/operator/administration.ts';
import { mappingReader } from '../../src/directory/mapping/mapping-reader.ts';
import type { DirectoryAdministration } from '../../src/directory/operator/administration.ts';
import type { Usage } from '../../src/directory/ports.ts';
import { openRecordStore } from '../../src/dynamodb/operator/store.ts';
import { openSweeper } from '../../src/dynamodb/sweeping/sweeper.ts';
import type { LogLine } from '../../src/runtime/log.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { MemoryApplicationRepository, MemoryCredentialStore, MemoryLastUses } from './access-memory.ts';
import { MemoryBrakes } from './brakes-memory.ts';
import { aFeed } from './feed-administration.ts';
import { aMappingAdministration } from './mapping-memory.ts';
import { aRemovedAdministration } from './removed.ts';
import { aSchemaAdministration } from './schemas-memory.ts';
import { aCall } from './store-call.ts';
import type { TestStore } from './store-open.ts';
import { newId } from './store-resources.ts';
import { aTransfer } from './transfer-services.ts';

/** For tests of acts on anything but the directory. */
export const NO_DIRECTORY: DirectoryAdministration = {
  open: () => Promise.reject(new TypeError('this test has no directory')),
  applications: new MemoryApplicationRepository(),
  now: Date.now,
};

const aDirectoryAdministration = (
  { store, client, tableName }: TestStore,
  now: () => number = Date.now,
  applications = new MemoryApplicationRepository(),
): DirectoryAdministration => ({
  open: async () => ({
    registry: REGISTRY,
    directory: { store, mappingOf: mappingReader(applications), newId, clock: now },
    sweeper: openSweeper({ client, tableName, registry: REGISTRY, now }),
    records: openRecordStore({ client, tableName, registry: REGISTRY, now }),
  }),
  applications,
  now,
});

type Options = {
  readonly now?: () => number;
  readonly applications?: MemoryApplicationRepository;
  readonly credentials?: MemoryCredentialStore;
  /** What the function has left when it is asked. */
  readonly remainingMs?: number;
  /** What is otherwise about the feed. */
  readonly feed?: Partial<FeedAdministration>;
};

/** The real admin function over the table of a test. */
export function anAdmin(table: TestStore, options: Options = {}) {
  const { now = Date.now, applications = new MemoryApplicationRepository(), remainingMs = 25_000 } = options;
  const lines: LogLine[] = [];
  const usages: Usage[] = [];
  const directoryAdministration = aDirectoryAdministration(table, now, applications);
  const { feed, world } = aFeed(directoryAdministration.open, table, now);
  const services = {
    administration: {
      credentials: options.credentials ?? new MemoryCredentialStore(),
      applications,
      lastUses: new MemoryLastUses(),
      now,
      randomBytes: () => new Uint8Array(5),
    },
    brakeAdministration: { applications, brakes: new MemoryBrakes(), now },
    directoryAdministration,
    matchingAdministration: { ...aSchemaAdministration(), backfills: { list: async () => [] }, newRevision: () => 'r' },
    removedAdministration: aRemovedAdministration(table, now),
    mappingAdministration: aMappingAdministration(applications, [], now),
    schemaAdministration: aSchemaAdministration(),
    transfer: aTransfer(table, now),
    openFeed: async () => ({ ...feed, ...options.feed }),
    tenant: 'example',
    url: undefined,
    log: (line: LogLine) => lines.push(line),
  };
  const ask = (request: AdminRequestInput): Promise<AdminAnswer> => {
    const call = aCall({ deadlineMs: now() + remainingMs });
    usages.push(call.usage);
    return answerAdmin(services, request, call);
  };
  return { ask, lines, usages, world };
}
