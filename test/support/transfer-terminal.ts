import { runCommandLine } from '../../cli/program.ts';
import { tenantFilesIn } from '../../cli/tenant-files.ts';
import type { AdminAnswer } from '../../src/access/admin-answer.ts';
import type { AdminRequestInput } from '../../src/access/admin-request.ts';
import type { AdminTarget } from '../../src/runtime/admin-client.ts';
import { nobodyToAsk } from './asking.ts';
import { NO_FLEET } from './no-fleet.ts';

type Answer = (request: AdminRequestInput) => AdminAnswer;

/** A terminal with files in memory, on which somebody watches; the admin function is the test's. */
export function aTransferTerminal(answer: Answer, given: Readonly<Record<string, string>> = {}, spaceBytes = Infinity) {
  const files = new Map(Object.entries(given));
  const [out, err, shown]: [string[], string[], string[]] = [[], [], []];
  const asked: AdminRequestInput[] = [];
  let clock = 0;
  const terminal = {
    ...nobodyToAsk,
    print: (line: string) => out.push(line),
    say: (line: string) => err.push(line),
    progress: (text: string) => shown.push(text),
    pause: async () => undefined,
    now: () => {
      clock += 1_000;
      return new Date(clock);
    },
    userName: 'ada',
    dataFolder: '/data',
    tenantFiles: tenantFilesIn('/no/tenants'),
    readFile: async () => Promise.reject(new TypeError('nothing is read as a whole')),
    readPieces: (path: string) => piecesOf(files.get(path)),
    openOutput: async (path: string | undefined, keptBytes: number) => {
      const name = path ?? 'standard output';
      files.set(name, Buffer.from(files.get(name) ?? '').toString('utf8', 0, keptBytes));
      const write = async (text: string): Promise<void> => {
        const written = `${files.get(name)}${text}`;
        if (Buffer.byteLength(written) > spaceBytes) throw new Error('no space');
        files.set(name, written);
      };
      return { write, close: async () => {} };
    },
    ...NO_FLEET,
    openLog: async () => Promise.reject(new TypeError('there is no log')),
    hasColours: false,
    invokeAdmin: async (_target: AdminTarget, request: AdminRequestInput) => {
      asked.push(request);
      return { answer: answer(request), tenantUrl: undefined };
    },
  };
  const scim = (line: string) => runCommandLine(line.split(' ').filter(Boolean), terminal);
  return { scim, terminal, out, err, shown, asked, files };
}

/** Parts it in the middle of lines and characters. */
async function* piecesOf(text: string | undefined): AsyncGenerator<Uint8Array> {
  if (text === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
  const bytes = Buffer.from(text);
  const size = Math.max(7, Math.ceil(bytes.length / 50));
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
