import type { LogSource, Timespan } from './log-source.ts';

/** One line as it was written, by a function, the platform below it or the gateway in front of it. */
export type RawLine = {
  /** When it arrived at the log. */
  readonly atMs: number;
  readonly text: string;
  /** Whose it is: the name of a function, or `gateway`; unknown where all write into one file. */
  readonly origin?: string;
};

/** Which lines are asked for; whatever is left out does not narrow. */
export type LineQuery = Timespan & {
  readonly events?: readonly string[];
  readonly requestId?: string;
  /** Letters, digits and hyphens that the line has somewhere. */
  readonly text?: string;
  /** Only what was refused or went wrong. */
  readonly failures?: true;
};

/** A row that a query has given: values by the names of its columns, in their order. */
export type QueryRow = Readonly<Record<string, string>>;

/** Everything that is kept of what a tenant's functions, and the gateway in front of them, have written. */
export interface TenantLog extends LogSource {
  /** Oldest first; complete however many there are. */
  readonly lines: (query: LineQuery) => AsyncIterable<RawLine>;
  /** Those that were written from then on, as they come, each once; ends when the signal says so. */
  readonly follow: (from: Date, signal: AbortSignal) => AsyncIterable<RawLine>;
  /** Runs a query in the language of CloudWatch Logs Insights over the lines of the functions. */
  readonly run: (query: string, timespan: Timespan) => Promise<readonly QueryRow[]>;
}
