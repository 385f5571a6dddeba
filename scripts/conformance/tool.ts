import type { LocalServer } from './server.ts';

/** What a tool found. */
export type Verdict = {
  readonly passed: number;
  readonly failed: number;
  /** What was counted, and what else is worth knowing. */
  readonly summary: string;
  /** What went wrong, for the terminal; the whole output is in a file. */
  readonly details: readonly string[];
};

export type Bench = {
  /** Starts a server of its own, with nothing in it. */
  readonly startServer: () => Promise<LocalServer>;
  /** Path of an installed program. */
  readonly program: (name: string) => string;
  /** Where reports and outputs are left. */
  readonly reports: string;
  /** Path of the OpenAPI document, rendered just now. */
  readonly document: string;
  readonly seed: number;
  /** How many requests are made up for each operation. */
  readonly examples: number;
  /** Says how it goes on. */
  readonly say: (line: string) => void;
  /** Ends everything when the person at the terminal has had enough. */
  readonly signal: AbortSignal;
};

/** A conformance suite, as it is run here. */
export type Tool = {
  readonly name: string;
  readonly run: (bench: Bench) => Promise<Verdict>;
};
