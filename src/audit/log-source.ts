/** `from` inclusive, `to` exclusive. */
export type Timespan = { readonly from: Date; readonly to: Date };

/** Which lines are asked for: those of `events`, and of one request where it is named. */
export type LogQuery = Timespan & { readonly events: readonly string[]; readonly requestId?: string };

/** One line that a function has written, as the JSON object it is (docs/reference/log-fields.md). */
export type LogRecord = Readonly<Record<string, unknown>>;

/** Where the lines of a tenant's functions are kept: CloudWatch Logs, or the log file of the local server. */
export interface LogSource {
  /** Oldest first, by each line's `time`; complete however many there are. */
  readonly read: (query: LogQuery) => AsyncIterable<LogRecord>;
  /** For how many days lines are kept; `undefined` where it is for as long as the file is. */
  readonly retentionDays: () => Promise<number | undefined>;
}
