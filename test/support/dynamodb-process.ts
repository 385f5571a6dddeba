import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freePort } from '../../local/free-port.ts';

export type DynamoDbProcess = { readonly endpoint: string; stop(): Promise<void> };

/** Starts the embedded DynamoDB in memory, on a free port of this machine's loopback. */
export async function startDynamoDb(): Promise<DynamoDbProcess> {
  const port = await freePort();
  const child = spawn(binary(), ['serve', '--host', '127.0.0.1', '--port', String(port)], { stdio: 'ignore' });
  // A run that is interrupted leaves no store behind.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      kill();
      process.kill(process.pid, signal);
    });
  }
  const exited = once(child, 'exit');
  const endpoint = `http://127.0.0.1:${port}`;
  await Promise.race([answers(endpoint), exited.then(() => Promise.reject(new Error('the embedded DynamoDB ended at once')))]);
  return {
    endpoint,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

function binary(): string {
  const name = `@dynoxide/${process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'dynoxide');
  } catch (cause) {
    throw new Error(`There is no embedded DynamoDB for this platform (${name}); set TEST_DYNAMODB_ENDPOINT to one that runs.`, { cause });
  }
}

async function answers(endpoint: string): Promise<void> {
  for (let attempt = 0; attempt < 250; attempt += 1) {
    const response = await fetch(endpoint).catch(() => undefined);
    if (response) return;
    await setTimeout(20);
  }
  throw new Error(`no answer at ${endpoint}`);
}
