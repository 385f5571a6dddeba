import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

export type RunningStore = { readonly pid: number; readonly port: number };

/**
 * Finds the embedded store that works on this file, whoever started it.
 *
 * The processes themselves are asked, not a file with a process id: there is no moment between starting a child and
 * noting it down in which a SIGKILL could leave a child nobody knows of, and no id that has passed to a stranger.
 */
export async function findStore(databaseFile: string): Promise<RunningStore | undefined> {
  for (const { pid, command } of await listCommands()) {
    const port = /dynoxide serve --port (\d+) --db-path /.exec(command)?.[1];
    if (port !== undefined && command.endsWith(` --db-path ${databaseFile}`)) return { pid, port: Number(port) };
  }
  return undefined;
}

type Command = { readonly pid: number; readonly command: string };

const listCommands = (): Promise<readonly Command[]> => (process.platform === 'linux' ? commandsInProc() : commandsOfPs());

async function commandsInProc(): Promise<readonly Command[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  return Promise.all(
    pids.map(async (pid) => {
      const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      return { pid: Number(pid), command: line.split('\0').join(' ').trimEnd() };
    }),
  );
}

async function commandsOfPs(): Promise<readonly Command[]> {
  const { stdout } = await promisify(execFile)('ps', ['-axww', '-o', 'pid=,command=']);
  return stdout.split('\n').map((line) => {
    const [, pid = '0', command = ''] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    return { pid: Number(pid), command: command.trimEnd() };
  });
}
