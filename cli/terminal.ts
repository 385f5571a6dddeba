import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import type { InvokeAdmin } from '../src/runtime/admin-client.ts';
import { type Fleet, fleetClient } from '../src/runtime/fleet-client.ts';
import type { OpenLog } from '../src/runtime/log-reader.ts';
import { type OnInterrupt, onInterrupt } from '../src/runtime/on-interrupt.ts';
import { type Asking, askingOn } from './ask.ts';
import { cdkRunner, type RunCdk } from './cdk.ts';
import { type OpenOutput, openOutput } from './commands/transfer/output.ts';
import { type TenantFiles, tenantFilesIn } from './tenant-files.ts';

/** Everything a command touches beyond its own options. */
export type Terminal = Asking & {
  /** Writes a line of the result to standard output, which a script may read. */
  readonly print: (line: string) => void;
  /** Writes a line for the person who reads along to standard error. */
  readonly say: (line: string) => void;
  /** How wide help is; as wide as the terminal unless it is given. */
  readonly columns?: number;
  readonly now: () => Date;
  /** Whoever waits may give up, by the signal, and is refused then. */
  readonly pause: (ms: number, signal?: AbortSignal) => Promise<unknown>;
  /** Whom the audit log names unless `--by` says otherwise. */
  readonly userName: string;
  /** Where the local server keeps its data. */
  readonly dataFolder: string;
  /** The tenants that there are files of, deployed or not. */
  readonly tenantFiles: TenantFiles;
  readonly invokeAdmin: InvokeAdmin;
  /** What AWS is asked about the deployed stacks. */
  readonly fleet: Fleet;
  readonly runCdk: RunCdk;
  readonly onInterrupt: OnInterrupt;
  /** Opens what a tenant's functions have written. */
  readonly openLog: OpenLog;
  /** Standard output is a terminal that shows colours, and nobody has asked it not to. */
  readonly hasColours: boolean;
  /** Reads a file of the person at the terminal, as UTF-8. */
  readonly readFile: (path: string) => Promise<string>;
  /** The same of any size, piece by piece. */
  readonly readPieces: (path: string) => AsyncIterable<Uint8Array>;
  readonly openOutput: OpenOutput;
  /** Shows how far it is, in place of what it showed before; undefined where nobody watches. */
  readonly progress: ((text: string) => void) | undefined;
};

export const processTerminal = (): Terminal => ({
  ...askingOn(process.stdin, process.stderr),
  print: (line) => process.stdout.write(`${line}\n`),
  say: (line) => process.stderr.write(`${line}\n`),
  now: () => new Date(),
  pause: (ms, signal) => setTimeout(ms, undefined, signal && { signal }),
  userName: userName(),
  dataFolder: process.env['DATA_DIR'] ?? '.local',
  tenantFiles: tenantFilesIn(process.env['TENANTS_DIR'] || 'tenants'),
  invokeAdmin: async (...asked) => (await import('../src/runtime/admin-client.ts')).invokeAdmin(...asked),
  fleet: fleetClient(),
  runCdk: cdkRunner(process.env['SCIM_CDK']),
  onInterrupt,
  openLog: async (target, signal) => (await import('../src/runtime/log-reader.ts')).openLog(target, signal),
  hasColours: process.stdout.isTTY === true && process.stdout.hasColors() && !process.env['NO_COLOR'],
  readFile: (path) => readFile(path, 'utf8'),
  readPieces: (path) => createReadStream(path),
  openOutput,
  progress: process.stderr.isTTY ? (text) => process.stderr.write(`\r\x1b[2K${text}`) : undefined,
});

/** Whoever mends the program wants to see where a fault came from. */
export const wantsTrace = (): boolean => process.env['SCIM_TRACE'] === '1';

/** A container may run under a user id that has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
