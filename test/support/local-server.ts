import { afterAll } from '@jest/globals';
import {
  type Command,
  type Exit,
  killLocalServer,
  type LocalProcess,
  type LocalServer,
  spawnLocalServer,
  type Variables,
  whenReady,
} from './local-process.ts';

export type { LocalServer } from './local-process.ts';

export const NPM_START: Command = ['npm', 'start'];

/** Starts the server on any free port, and waits until it is ready; signals go to the program that was started. */
export const startLocalServer = (dataFolder: string, variables: Variables = {}, command?: Command): Promise<LocalServer> =>
  whenReady(run(dataFolder, variables, command));

/** Starts the server where it is expected to refuse, and waits for its end. */
export const runLocalServer = (dataFolder: string, variables: Variables = {}): Promise<Exit> => run(dataFolder, variables).ended;

/** Starts the server, asks it to stop as soon as `moment` has come, and waits for its end. */
export async function interruptLocalServer(dataFolder: string, moment: () => Promise<void>): Promise<Exit> {
  const { child, ended } = run(dataFolder, {});
  await moment();
  child.kill('SIGTERM');
  return ended;
}

const started: LocalProcess[] = [];

/** Ends what is still running when a file's tests are over, whether they ended it themselves or failed half-way, with the store it has. */
afterAll(async () => {
  for (const server of started) await killLocalServer(server);
});

function run(dataFolder: string, variables: Variables, command?: Command): LocalProcess {
  const server = spawnLocalServer(dataFolder, variables, command);
  started.push(server);
  return server;
}
