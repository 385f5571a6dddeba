/**
 * One line of the log for each request. The fields are a closed list, so that nothing personal slips in with the
 * next one: no token, no query string, no value of an attribute but `subject`, the end-user identifier
 * (docs/reference/log-fields.md).
 */
export type RequestLine = {
  readonly event: 'request';
  readonly requestId: string;
  readonly tenant: string;
  readonly method: string;
  /** The route's template, `/Users/{id}`; never the path itself, which a client may fill with anything. */
  readonly route?: string;
  readonly status: number;
  readonly durationMs: number;
  readonly application?: string;
  readonly credential?: string;
  readonly operation?: string;
  readonly resourceType?: string;
  readonly resourceId?: string;
  readonly subject?: string;
  readonly previousSubject?: string;
  /** Changed attribute paths. */
  readonly changed?: readonly string[];
  /** Attributes that no schema knows. */
  readonly ignored?: readonly string[];
  /** Why the request was refused: a kind of the catalogue, or an error code of the token endpoint. */
  readonly refusal?: string;
  /** Why the token endpoint did not take a client for what it claims to be. */
  readonly reason?: string;
  /** Where it came from; only of a request that was refused for that. */
  readonly sourceIp?: string;
  /** What the application's policy made of it, where that was not simply to allow it. */
  readonly policy?: 'ignore' | 'empty';
  /** What the policy on deactivations made of a request that succeeded: docs/explanation/deactivation.md. */
  readonly effect?: 'removed' | 'kept' | 'returned';
  /** What an update made of the user, where it changed `active`. */
  readonly state?: 'disabled' | 'enabled';
  /** How many members a write gave to a group, and how many it took. */
  readonly membersAdded?: number;
  readonly membersRemoved?: number;
  readonly coldStart?: true;
  readonly storeCalls: number;
  readonly storeRoundTrips: number;
  readonly storeRetries: number;
  readonly readUnits: number;
  readonly writeUnits: number;
};

/** One line for each operation of a bulk request that was attempted, or was to be when time ran out. */
export type BulkOperationLine = {
  readonly event: 'bulkOperation';
  /** Of the bulk request, which has a line of its own. */
  readonly requestId: string;
  readonly tenant: string;
  /** Place among the request's operations, from 0. */
  readonly index: number;
  readonly method?: string;
  readonly route?: string;
  readonly status: number;
  readonly application: string;
  readonly credential: string;
  readonly operation?: string;
  readonly resourceType?: string;
  readonly resourceId?: string;
  readonly subject?: string;
  readonly previousSubject?: string;
  readonly changed?: readonly string[];
  readonly ignored?: readonly string[];
  readonly refusal?: string;
  readonly policy?: 'ignore';
  readonly effect?: 'removed' | 'kept' | 'returned';
  readonly state?: 'disabled' | 'enabled';
  /** How many members a write gave to a group, and how many it took. */
  readonly membersAdded?: number;
  readonly membersRemoved?: number;
  /** It had been done before, when the same request was sent for the first time. */
  readonly repeated?: true;
};

/** An error nobody meant to throw: a bug, or a dependency's. */
export type UnexpectedErrorLine = {
  readonly event: 'unexpectedError';
  readonly requestId: string;
  readonly tenant: string;
  /** Names of the error and its causes, outermost first. */
  readonly names: readonly string[];
  /** Stack frames only: a message may quote what a client sent. */
  readonly frames: readonly string[];
};

/** Something an operator may want to know that belongs to no one request. */
type NoticeLine = { readonly event: 'notice'; readonly tenant: string; readonly notice: string; readonly count?: number };

/** One line for each piece of work that requests have left to be done, and that was attempted. */
export type WorkLine = {
  readonly event: 'work';
  /** Of the function's invocation. */
  readonly requestId: string;
  readonly tenant: string;
  readonly work: 'sweep' | 'return' | 'conclude' | 'backfill' | 'requeue' | 'inspect' | 'publish' | 'departures' | 'announce' | 'records';
  readonly resourceType?: string;
  readonly resourceId?: string;
  /** Id of a large change of members. */
  readonly change?: string;
  /** Name of a backfill. */
  readonly backfill?: string;
  /** Rows moved, corrected or finished. */
  readonly rows: number;
  /** Pieces of work that were put into the queue: the rest of this one, or what has come up. */
  readonly left: number;
  readonly durationMs: number;
  readonly storeCalls: number;
  readonly storeRetries: number;
  readonly readUnits: number;
  readonly writeUnits: number;
};

/** One line for each batch of the table's stream in which something was to be told, or was put aside. */
type FeedLine = {
  readonly event: 'feed';
  /** Of the function's invocation. */
  readonly requestId: string;
  readonly tenant: string;
  /** Changes of resources in the batch. */
  readonly changes: number;
  /** Entries written to the log of events. */
  readonly appended: number;
  /** Events that the bus has taken. */
  readonly published: number;
  /** Records that could not be understood. */
  readonly putAside: number;
  /** How long ago the oldest change of the batch was committed. */
  readonly lagMs?: number;
  /** The batch comes again from some record on. */
  readonly again?: true;
  readonly durationMs: number;
  readonly storeCalls: number;
  readonly storeRetries: number;
  readonly readUnits: number;
  readonly writeUnits: number;
};

/** What an inspection of the whole table has found. */
type InspectionLine = {
  readonly event: 'inspection';
  readonly tenant: string;
  readonly items: number;
  readonly memberships: number;
  /** Rows of memberships that have lost one of their ends, although nothing announces its removal. */
  readonly orphans: number;
  /** Pieces of work that were found undone, and put into the queue. */
  readonly requeued: number;
  /** Users that are not disabled. */
  readonly activeUsers: number;
};

/** A credential that will soon be refused: one line when 90, 30, 14, 7 days and 1 day are left. */
type CredentialExpiryLine = {
  readonly event: 'credentialExpiry';
  readonly tenant: string;
  readonly application: string;
  readonly credential: string;
  readonly kind: string;
  /** Whole days, rounded up. */
  readonly daysLeft: number;
};

/** A number that belongs to no other line. */
type MetricLine = {
  readonly event: 'metric';
  readonly tenant: string;
  /** Days until the first application has no credential left. */
  readonly TokenDaysLeft: number;
};

/** The brake of an application has begun to hold: once each time, not for each removal that waits. */
type BrakeLine = {
  readonly event: 'brake';
  /** Of the first request that was refused. */
  readonly requestId: string;
  readonly tenant: string;
  readonly application: string;
  /** So many it may disable or remove within an hour. */
  readonly limit: number;
};

/** An act of administration; who did it is what the caller stated. */
export type AdminLine = {
  readonly event: 'admin';
  /** Of the function's invocation. */
  readonly requestId: string;
  readonly tenant: string;
  readonly act: string;
  readonly by: string;
  readonly application?: string;
  readonly credential?: string;
  /** URNs. */
  readonly schemas?: readonly string[];
  readonly resourceType?: string;
  readonly resourceId?: string;
  readonly subject?: string;
  /** Changed attribute paths. */
  readonly changed?: readonly string[];
  /** It goes on with an act of which another line tells. */
  readonly continued?: true;
  /** Path of an attribute. */
  readonly attribute?: string;
  /** What became of the lines of an export or import. */
  readonly counts?: Readonly<Record<string, number>>;
  readonly dryRun?: true;
  readonly outcome: 'done' | 'refused' | 'failed';
  readonly at: string;
};

export type LogLine =
  | RequestLine
  | BulkOperationLine
  | UnexpectedErrorLine
  | NoticeLine
  | WorkLine
  | FeedLine
  | InspectionLine
  | CredentialExpiryLine
  | MetricLine
  | BrakeLine
  | AdminLine;

export type Log = (line: LogLine) => void;

/** Says what an unexpected error was without saying what it was about. */
export function describeUnexpected(error: unknown): Pick<UnexpectedErrorLine, 'names' | 'frames'> {
  const names: string[] = [];
  for (let cause: unknown = error; cause instanceof Error && names.length < 5; cause = cause.cause) names.push(cause.name);
  const frames = stackOf(error)
    .split('\n')
    .filter((frame) => /^\s+at /.test(frame));
  return { names: names.length > 0 ? names : [typeof error], frames: frames.map((frame) => frame.trim()) };
}

/** The stack behind the message, which may have lines that look like frames. */
function stackOf(error: unknown): string {
  if (!(error instanceof Error) || error.stack === undefined) return '';
  const at = error.stack.indexOf(error.message);
  return at < 0 ? error.stack : error.stack.slice(at + error.message.length);
}
