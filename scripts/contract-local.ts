/**
 * Runs the contract tests of the store against Amazon's own DynamoDB Local: a second judge beside the embedded DynamoDB that
 * `npm test` uses. Needs Java 17 or later and Maven, which fetches it once into `.cache/`.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { DIFFERENCES, JUDGED_BY_BOTH, LEFT_OUT_COUNT } from './contract-local/differences.ts';
import { startDynamoDbLocal } from './contract-local/dynamodb-local.ts';
import { CannotRun } from './python/cannot-run.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CACHE = join(ROOT, '.cache', 'dynamodb-local');
const RESULTS = join(CACHE, 'results.json');
const JEST = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
const RUN_SECONDS = 600;

const resultsSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number(),
  numPendingTests: z.number(),
});

async function main(): Promise<number> {
  mkdirSync(CACHE, { recursive: true });
  const signal = AbortSignal.any([interruption(), AbortSignal.timeout(RUN_SECONDS * 1_000)]);
  await using store = await startDynamoDbLocal(CACHE, signal);
  const words = ['test/contract', '--testNamePattern', JUDGED_BY_BOTH, '--json', '--outputFile', RESULTS];
  const child = spawn(process.execPath, [JEST, ...words], {
    cwd: ROOT,
    env: { ...process.env, TEST_DYNAMODB_ENDPOINT: store.endpoint },
    stdio: ['ignore', 'ignore', 'inherit'],
    signal,
  });
  await once(child, 'exit');
  return report(resultsSchema.parse(JSON.parse(readFileSync(RESULTS, 'utf8'))));
}

/** The list must be true: a title that no test bears any more stands for nothing that was left out. */
function report({ numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests }: z.output<typeof resultsSchema>): number {
  for (const { fault, tests } of DIFFERENCES) console.log(`left out, ${tests.length}: ${fault}`);
  const isListTrue = numPendingTests === LEFT_OUT_COUNT;
  if (!isListTrue) console.log(`${LEFT_OUT_COUNT} titles are to be left out, ${numPendingTests} tests were: see differences.ts`);
  const failed = (numFailedTests || numFailedTestSuites) + (isListTrue ? 0 : 1);
  console.log(`${numPassedTests} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort(new CannotRun(`Interrupted by ${name}.`)));
  return controller.signal;
}

process.exitCode = await main().catch((error: unknown) => {
  if (!(error instanceof CannotRun)) throw error;
  console.error(error.message);
  return 2;
});
