import { OPERATIONS, type OperationName } from './operations.ts';

export const HOURS_A_MONTH = 730;

/** What is assumed of a tenant whose client provisions; docs/explanation/cost.md says so to the reader. */
export const MODEL = {
  /** Entra ID looks for what has changed so often. */
  cycleMinutes: 40,
  /** Requests that a cycle sends beside its changes, filters that match nobody. */
  asksPerCycle: 2,
  /** Of so many users, within a month. */
  joinsPerUser: 0.02,
  leavesPerUser: 0.02,
  changesPerUser: 0.3,
  membersAddedPerUser: 0.1,
  membersRemovedPerUser: 0.1,
  groupsPerUser: 5,
  /** How long a request keeps a function busy, generously. */
  functionSeconds: 0.1,
  /** The handler's line, its metrics, the access log and what Lambda adds. */
  logBytesPerRequest: 2_200,
  answerBytesPerRequest: 2_000,
  /** What stands in the log of a day without a request: the inspection and what Lambda adds. */
  logBytesPerDay: 5_000,
  /** Of functions that were asleep, and of those that have gone by a list for 30 seconds. */
  secretReadsPerCycle: 4,
  keyCallsPerCycle: 10,
  /** Messages sent, received and deleted for what a removal leaves to be done. */
  queueRequestsPerLeave: 3,
  /** What Lambda keeps open for a queue, each for up to 20 seconds at a time. */
  pollersPerQueue: 5,
  pollSeconds: 20,
  /** Hours of a month in which requests fail, conflict or are sent again. */
  faultyHours: 10,
  bytesPerUser: 1_600,
  bytesPerMembership: 460,
  /** Of a change that comes alone: itself, and what was written to the log of events for it. */
  streamInvocationsPerChange: 2,
  streamSeconds: 0.1,
  logBytesPerStreamInvocation: 1_000,
  /** One item of the log is written; where it ends and who removed what is read. */
  eventWriteUnits: 1,
  eventReadUnits: 2,
  bytesPerEvent: 700,
} as const;

/** What a month brings to one tenant. */
export type Traffic = {
  readonly users: number;
  readonly cycles: number;
  readonly joins: number;
  readonly leaves: number;
  readonly requests: number;
  /** Each makes an event. */
  readonly changes: number;
  readonly readUnits: number;
  readonly writeUnits: number;
};

/** Nobody provisions: the directory is empty, and no request comes. */
export const IDLE: Traffic = { users: 0, cycles: 0, joins: 0, leaves: 0, requests: 0, changes: 0, readUnits: 0, writeUnits: 0 };

export function trafficOf(users: number): Traffic {
  const cycles = (HOURS_A_MONTH * 60) / MODEL.cycleMinutes;
  const counts = Object.entries(requestsOf(users, cycles));
  const total = (count: (operation: OperationName) => number): number =>
    counts.reduce((sum, [operation, requests]) => (isOperation(operation) ? sum + requests * count(operation) : sum), 0);
  return {
    ...{ users, cycles, joins: users * MODEL.joinsPerUser, leaves: users * MODEL.leavesPerUser },
    requests: total(() => 1),
    changes: total((operation) => (OPERATIONS[operation].writeUnits > 0 ? 1 : 0)),
    readUnits: total((operation) => OPERATIONS[operation].readUnits),
    writeUnits: total((operation) => OPERATIONS[operation].writeUnits),
  };
}

const isOperation = (name: string): name is OperationName => Object.hasOwn(OPERATIONS, name);

/** Whom a change is about, a client looks up first; who leaves is disabled, and deleted a month later. */
function requestsOf(users: number, cycles: number): Readonly<Record<OperationName, number>> {
  const [joins, leaves, changes] = [users * MODEL.joinsPerUser, users * MODEL.leavesPerUser, users * MODEL.changesPerUser];
  const [added, removed] = [users * MODEL.membersAddedPerUser, users * MODEL.membersRemovedPerUser];
  return {
    'userName eq, miss': cycles * MODEL.asksPerCycle + joins,
    'userName eq, hit': leaves,
    'create user': joins,
    'user by id': changes + leaves,
    'change user': changes + leaves,
    'delete user': leaves,
    'group without members': added + removed,
    'add one member': added,
    'remove one member': removed,
  };
}
