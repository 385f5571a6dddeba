import { runCommandLine } from '../../cli/program.ts';
import { tenantFilesIn } from '../../cli/tenant-files.ts';
import { answerAdmin } from '../../lambdas/admin/answer.ts';
import type { AdminRequestInput } from '../../src/access/admin-request.ts';
import type { CredentialStore } from '../../src/access/ports.ts';
import type { TenantLog } from '../../src/audit/tenant-log.ts';
import type { Backfill } from '../../src/directory/backfill/ports.ts';
import type { StoredResource } from '../../src/directory/resource.ts';
import type { AdminTarget } from '../../src/runtime/admin-client.ts';
import type { LogLine } from '../../src/runtime/log.ts';
import { aCall, MemoryApplicationRepository, MemoryCredentialStore, MemoryLastUses } from './access-memory.ts';
import { answering } from './asking.ts';
import { MemoryBrakes } from './brakes-memory.ts';
import { NO_DIRECTORY } from './directory-administration.ts';
import { noFeed } from './feed-administration.ts';
import { aMappingAdministration } from './mapping-memory.ts';
import { NO_FLEET } from './no-fleet.ts';
import { NO_TABLE } from './removed.ts';
import { aSchemaAdministration, type Collections, type MemorySchemaStore } from './schemas-memory.ts';

const NOW = Date.parse('2026-06-01T00:00:00.000Z');

type Options = {
  readonly credentials?: MemoryCredentialStore;
  /** In place of credentials in memory. */
  readonly vault?: CredentialStore;
  readonly applications?: MemoryApplicationRepository;
  /** Foreseeable unless it is given. */
  readonly randomBytes?: (size: number) => Uint8Array;
  readonly brakes?: MemoryBrakes;
  /** The resources there are, for a change of schemas to look through. */
  readonly collections?: Collections;
  /** What the directory holds, for a mapping to be tried with. */
  readonly resources?: readonly StoredResource[];
  /** Text by path; there is no other file, and none may be read that is called "secret". */
  readonly files?: Readonly<Record<string, string>>;
  /** What the person at the terminal types, line by line; nobody sits there unless it is given. */
  readonly typed?: readonly string[];
  readonly input?: string;
  readonly tenantsFolder?: string;
  readonly backfills?: readonly Backfill[];
  /** What happens while a command waits, one after the other. */
  readonly pauses?: (() => Promise<void>)[];
  readonly progress?: (text: string) => void;
  readonly schemas?: MemorySchemaStore;
  /** What is deployed; nothing may be asked about, unless it is given. */
  readonly deployed?: typeof NO_FLEET;
  /** What the functions have written, for the commands that read it. */
  readonly log?: TenantLog;
  readonly hasColours?: boolean;
};

/** A terminal whose commands reach the real admin function, over stores in memory. */
export function aTerminal({
  credentials = new MemoryCredentialStore(),
  applications = new MemoryApplicationRepository(),
  vault = credentials,
  randomBytes = counting(7),
  brakes = new MemoryBrakes(),
  collections = {},
  resources = [],
  files = {},
  typed,
  input,
  tenantsFolder = '/no/tenants',
  backfills = [],
  pauses = [],
  progress,
  schemas,
  deployed = NO_FLEET,
  log,
  hasColours = false,
}: Options = {}) {
  const [out, err, lines]: [string[], string[], LogLine[]] = [[], [], []];
  const asked: { readonly target: AdminTarget; readonly request: AdminRequestInput }[] = [];
  const lastUses = new MemoryLastUses();
  const schemaAdministration = aSchemaAdministration(schemas, collections, () => NOW);
  const services = {
    administration: {
      credentials: vault,
      applications,
      lastUses,
      now: () => NOW,
      randomBytes,
    },
    brakeAdministration: { applications, brakes, now: () => NOW },
    directoryAdministration: NO_DIRECTORY,
    matchingAdministration: { ...schemaAdministration, backfills: { list: async () => backfills }, newRevision: () => 'r' },
    removedAdministration: NO_TABLE,
    mappingAdministration: aMappingAdministration(applications, resources, () => NOW, backfills),
    schemaAdministration,
    transfer: { ...schemaAdministration, storeOf: noDirectory, mappingOf: async () => undefined },
    openFeed: noFeed,
    tenant: 'example',
    url: undefined,
    log: (line: LogLine) => lines.push(line),
  };
  const asking = answering(typed, input);
  const terminal = {
    ...asking,
    print: (line: string) => out.push(line),
    say: (line: string) => err.push(line),
    now: () => new Date(NOW),
    pause: async () => pauses.shift()?.(),
    userName: 'ada',
    dataFolder: '/data',
    tenantFiles: tenantFilesIn(tenantsFolder),
    readFile: async (path: string) =>
      files[path] ?? Promise.reject(Object.assign(new Error('no'), { code: path === 'secret' ? 'EACCES' : 'ENOENT' })),
    readPieces: noFile,
    openOutput: noFile,
    openLog: async () => log ?? noLog(),
    hasColours,
    progress,
    ...deployed,
    invokeAdmin: async (target: AdminTarget, request: AdminRequestInput) => {
      asked.push({ target, request });
      const tenantUrl = target.kind === 'deployed' ? 'https://api.example.com/example/scim/v2' : undefined;
      return { answer: await answerAdmin(services, JSON.parse(JSON.stringify(request)), aCall()), tenantUrl };
    },
  };
  const scim = (line: string) => runCommandLine(line.split(' ').filter(Boolean), terminal);
  return { out, err, lines, asked, questions: asking.questions, credentials, applications, lastUses, terminal, scim };
}

/** Bytes that are others each time, and yet foreseeable. */
function counting(first: number): (size: number) => Uint8Array {
  let next = first - 1;
  return (size) => {
    next += 1;
    return new Uint8Array(size).fill(next);
  };
}

function noDirectory(): never {
  throw new TypeError('there is no directory behind this terminal');
}

function noLog(): never {
  throw new TypeError('there is no log behind this terminal');
}

function noFile(): never {
  throw new TypeError('this terminal has files to be read as a whole only');
}
