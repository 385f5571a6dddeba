import './require-node.mjs';
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

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** One Ctrl-C arrives twice, from the terminal and passed on by npm. */
const SAME_SIGNAL_MS = 1_000;

/**
 * Stops when asked to, also while it is still starting, and when npm is gone.
 *
 * A second signal, unless it is the first once more, finds Node's own handling: it ends the process at once, and the next
 * start takes over what is left.
 */
function stopOnSignal(starting: Promise<RunningServer>): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => SIGNALS.forEach((signal) => void process.off(signal, stop)), SAME_SIGNAL_MS).unref();
    starting
      .then((server) => server.close())
      .then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  watchParent(stop);
}

function fail(error: unknown): void {
  const words =
    error instanceof StartRefusal ? error.message : `The server failed: ${error instanceof Error ? error.stack : String(error)}`;
  process.stderr.write(`${words}\n`);
  process.exit(1);
}

main().catch(fail);
