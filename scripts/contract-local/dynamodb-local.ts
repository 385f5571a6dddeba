import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../local/free-port.ts';
import { CannotRun } from '../python/cannot-run.ts';
import { runProgram } from '../python/run-program.ts';

const VERSION = '3.3.1';
const POM = fileURLToPath(new URL('./pom.xml', import.meta.url));
const MAIN = 'software.amazon.dynamodb.services.local.main.ServerRunner';
const FETCH_SECONDS = 600;
const STARTS_WITHIN_MS = 60_000;

type DynamoDbLocal = AsyncDisposable & { readonly endpoint: string };

/**
 * Fetches DynamoDB Local into `cache`, unless it is there, and starts it in memory on a free port.
 *
 * @throws {CannotRun} Java or Maven is missing, nothing can be fetched, or it does not start
 */
export async function startDynamoDbLocal(cache: string, signal: AbortSignal): Promise<DynamoDbLocal> {
  const folder = join(cache, VERSION);
  await fetchOnce(folder, signal);
  const port = await freePort();
  const words = ['-Xmx1g', `-Djava.library.path=${folder}`, `-Dsqlite4java.library.path=${folder}`, '-cp', join(folder, '*'), MAIN];
  const child = spawn('java', [...words, '-inMemory', '-disableTelemetry', '-port', String(port)], { stdio: 'ignore', signal });
  const failure = once(child, 'exit').then(
    () => new CannotRun('DynamoDB Local ended at once; it needs Java 17 or later.'),
    (cause: unknown) => new CannotRun('DynamoDB Local needs Java 17 or later, as `java` on the PATH.', { cause }),
  );
  const endpoint = `http://127.0.0.1:${port}`;
  await Promise.race([untilAnswered(endpoint), failure.then((error) => Promise.reject(error))]);
  return { endpoint, [Symbol.asyncDispose]: () => end(child) };
}

async function fetchOnce(folder: string, signal: AbortSignal): Promise<void> {
  if (existsSync(join(folder, `DynamoDBLocal-${VERSION}.jar`))) return;
  mkdirSync(folder, { recursive: true });
  const words = ['-q', '-B', '-f', POM, 'dependency:copy-dependencies', `-DoutputDirectory=${folder}`];
  const fetched = await runProgram('mvn', words, { timeoutSeconds: FETCH_SECONDS, signal }).catch((cause: unknown) => {
    throw new CannotRun('DynamoDB Local is fetched by Maven: install Java 17 or later, and Maven.', { cause });
  });
  if (fetched.code !== 0) throw new CannotRun(`Maven could not fetch DynamoDB Local ${VERSION}:\n${fetched.output.trim()}`);
}

async function untilAnswered(endpoint: string): Promise<void> {
  const giveUpAt = Date.now() + STARTS_WITHIN_MS;
  while (Date.now() < giveUpAt) {
    if (await fetch(endpoint).catch(() => undefined)) return;
    await delay(100);
  }
  throw new CannotRun(`DynamoDB Local did not answer at ${endpoint} in time.`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
