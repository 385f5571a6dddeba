import type { Random } from '../../../bench/support/random.ts';
import type { AdminRequestInput } from '../../../src/access/admin-request.ts';
import { EMPTY_LIST } from '../../../src/access/credential-list.ts';
import type { Row } from '../../../src/audit/report/row.ts';
import { hashingIdentifiers } from '../../../src/runtime/hashed-identifiers.ts';
import type { LogLine } from '../../../src/runtime/log.ts';
import type { HttpServices } from '../../../src/runtime/services.ts';
import { writeLog } from '../../../src/runtime/write-log.ts';
import { ScimError } from '../../../src/scim/errors.ts';
import { MemoryCredentialStore } from '../access-memory.ts';
import { anAdmin } from '../directory-administration.ts';
import { type Answer, type Endpoint, openEndpoint } from '../endpoint.ts';
import { openTestStore } from '../store-open.ts';
import { APPLICATIONS, type ApplicationName } from './applications.ts';

const BEGIN = Date.parse('2031-03-05T00:00:00.000Z');
export const DAY = { from: new Date(BEGIN), to: new Date(BEGIN + 24 * 3_600_000) };
export const KEY = 'K'.repeat(43);

/** A row as the script knows it; why something was refused is the log's to put into words. */
export type Truth = Omit<Row, 'reason'>;

type Sent = Parameters<Endpoint['send']>[2];

/** What a person of the script is, as far as it has got. */
export type Person = { id: string; name: string; readonly externalId: string };

/**
 * A day of the real handlers, over one table and several applications, with a clock that the script moves on. What it asked
 * for, and what was answered, the script writes down by itself; it never looks into the lines.
 */
export async function openDay(random: Random) {
  const table = await openTestStore();
  const state = { now: BEGIN, applications: 0 };
  const clock = (): number => state.now;
  const endpoints = new Map<string, Endpoint>();
  for (const [application, { policy }] of Object.entries(APPLICATIONS)) {
    const services = { clock, ...faultsOf(application) };
    const principal = { application, credential: `${application}-1` };
    endpoints.set(application, await openEndpoint({ policy, principal, services, openStore: async () => table }));
  }
  const credentials = new MemoryCredentialStore({ ...EMPTY_LIST, identifierKey: KEY });
  const admin = anAdmin(table, { now: clock, credentials });
  const [plain, hashed]: [string[], string[]] = [[], []];
  const logs = [
    writeLog((text) => plain.push(text), clock),
    hashingIdentifiers(
      writeLog((text) => hashed.push(text), clock),
      () => KEY,
    ),
  ];
  const written = new Map<readonly LogLine[], number>();
  /** Puts into the log what a handler has said since it was last asked, at the time it is now. */
  const drain = (lines: readonly LogLine[]): void => {
    for (const line of lines.slice(written.get(lines) ?? 0)) for (const log of logs) log(line);
    written.set(lines, lines.length);
  };
  const truth: Truth[] = [];
  return {
    truth,
    plain,
    hashed,
    random,
    credentials,
    /** Moves on by as much as lets the script fill the day, unevenly. */
    pass: (ms: number): void => {
      state.now += Math.max(1, Math.floor(ms));
    },
    now: () => state.now,
    send: async (application: ApplicationName, method: string, path: string, sent: Sent = {}): Promise<Answer> => {
      const endpoint = endpoints.get(application);
      if (endpoint === undefined) throw new TypeError(`there is no ${application}`);
      const answer = await endpoint.send(method, path, sent);
      drain(endpoint.lines);
      return answer;
    },
    ask: async (request: AdminRequestInput) => {
      const answer = await admin.ask(request);
      drain(admin.lines);
      return answer;
    },
    /** Writes down what is to be in the report. */
    note: (row: Partial<Truth> & Pick<Truth, 'action' | 'outcome'>): void => {
      truth.push({ ...NOTHING, time: new Date(state.now).toISOString(), ...row });
    },
  };
}

export type Day = Awaited<ReturnType<typeof openDay>>;

const NOTHING = {
  application: null,
  by: null,
  subject: null,
  previousSubject: null,
  resourceType: null,
  resourceId: null,
  changed: [],
  refusal: null,
  status: null,
  requestId: null,
  operation: null,
};

/** What goes wrong behind an application that is there for that. */
function faultsOf(application: string): Partial<HttpServices> {
  if (application === 'broken') return { policyOf: () => Promise.reject(new TypeError('a bug')) };
  if (application === 'throttled') return { policyOf: () => Promise.reject(new ScimError('unavailable')) };
  return {};
}
