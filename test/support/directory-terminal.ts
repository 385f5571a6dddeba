import { runCommandLine } from '../../cli/program.ts';
import { tenantFilesIn } from '../../cli/tenant-files.ts';
import type { Terminal } from '../../cli/terminal.ts';
import { AdminRefusal } from '../../src/access/admin-refusal.ts';
import type { AdminRequestInput } from '../../src/access/admin-request.ts';
import type { TenantLog } from '../../src/audit/tenant-log.ts';
import type { AdminTarget } from '../../src/runtime/admin-client.ts';
import type { OnInterrupt } from '../../src/runtime/on-interrupt.ts';
import { answering } from './asking.ts';
import { anAdmin } from './directory-administration.ts';
import { NO_FLEET } from './no-fleet.ts';
import type { TestStore } from './store-open.ts';

type Options = Parameters<typeof anAdmin>[1] & {
  /** What the person at the terminal types, line by line; nobody sits there unless it is given. */
  readonly typed?: readonly string[];
  readonly onInterrupt?: OnInterrupt;
  /** What the functions have written; unless it is given, nobody may read it. */
  readonly log?: TenantLog;
  readonly pause?: Terminal['pause'];
  /** Whether the answer to the so many-th request gets lost. */
  readonly isLost?: (request: number) => boolean;
};

const noFile = (): never => {
  throw new TypeError('this terminal has no files');
};

/** A terminal whose commands reach the real admin function over the table of a test. */
export function aDirectoryTerminal(table: TestStore, { typed, onInterrupt = NO_FLEET.onInterrupt, log, ...options }: Options = {}) {
  const { ask, lines, usages, world } = anAdmin(table, options);
  const { pause = async () => undefined, isLost = () => false } = options;
  const [out, err]: [string[], string[]] = [[], []];
  const asked: AdminRequestInput[] = [];
  const terminal = {
    ...answering(typed),
    print: (line: string) => out.push(line),
    say: (line: string) => err.push(line),
    now: () => new Date(options.now?.() ?? Date.now()),
    pause,
    userName: 'ada',
    dataFolder: '/data',
    tenantFiles: tenantFilesIn('/no/tenants'),
    readFile: noFile,
    readPieces: noFile,
    openOutput: noFile,
    openLog: async () => log ?? noFile(),
    hasColours: false,
    progress: undefined,
    ...NO_FLEET,
    onInterrupt,
    invokeAdmin: async (_: AdminTarget, request: AdminRequestInput) => {
      asked.push(request);
      const answer = await ask(JSON.parse(JSON.stringify(request)));
      if (isLost(asked.length)) throw new AdminRefusal('The answer was lost.');
      return { answer, tenantUrl: undefined };
    },
  };
  /** Runs one command and hands back what it printed since the one before. */
  const scim = async (...words: readonly string[]) => {
    out.splice(0);
    err.splice(0);
    const status = await runCommandLine([...words, '--local'], terminal);
    return { status, out: [...out], err: [...err] };
  };
  return { scim, asked, lines, usages, world };
}
