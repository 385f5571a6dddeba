import './require-node.mjs';
import { onInterrupt } from '../src/runtime/on-interrupt.ts';
import { divertStdout } from './handler-log.ts';
import { watchParent } from './parent-watch.ts';
import type { RequestLine } from './request-listener.ts';
import { parseSettings } from './settings.ts';
import { type RunningServer, start } from './start.ts';
import { StartRefusal } from './start-refusal.ts';

let print = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  // What the store and its log hold is nobody else's business, whoever made the folder.
  process.umask(0o077);
  const settings = parseSettings(process.env, process.stderr.isTTY);
  const starting = start(settings, {
    divert: (log) => {
      print = divertStdout(log);
    },
    say: settings.sayRequests ? say : () => {},
    onStoreEnd: fail,
  });
  stopOnSignal(starting);
  greet(await starting, settings.dataFolder);
}

const say = ({ method, resource, status, ms }: RequestLine): void =>
  void process.stderr.write(`${status} ${method.padEnd(6)} ${resource} ${ms} ms\n`);

function greet({ tenantUrl, token }: RunningServer, dataFolder: string): void {
  print('');
  print(`Tenant URL    ${tenantUrl}`);
  if (token !== undefined) print(`Secret Token  ${token}`);
  print('');
  print(token === undefined ? 'Tokens made before are still good.' : 'The token is not shown again.');
  print('Make another:  npm run scim -- token create --local');
  print(`Data and logs: ${dataFolder}`);
  print('Stop:          Ctrl-C');
}

/** Stops when asked to, also while it is still starting, and when npm is gone. Ended at once, the next start takes over what is left. */
function stopOnSignal(starting: Promise<RunningServer>): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    starting
      .then((server) => server.close())
      .then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
  };
  onInterrupt(stop);
  watchParent(stop);
}

function fail(error: unknown): void {
  const words =
    error instanceof StartRefusal ? error.message : `The server failed: ${error instanceof Error ? error.stack : String(error)}`;
  process.stderr.write(`${words}\n`);
  process.exit(1);
}

main().catch(fail);
