import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../python/run-program.ts';
import { judge, parseReport } from './schemathesis-report.ts';
import { standInFor } from './stand-in.ts';
import type { Bench, Tool, Verdict } from './tool.ts';

const CONFIGURATION = fileURLToPath(new URL('./schemathesis.toml', import.meta.url));
const HOOKS = fileURLToPath(new URL('./hooks.py', import.meta.url));
const TIMEOUT_SECONDS = 1_200;
const SAYS_EVERY_MS = 15_000;

/** schemathesis on the OpenAPI document: thousands of requests made from it, right and wrong ones, and every answer held against it. */
export const schemathesis: Tool = { name: 'schemathesis', run: fuzz };

async function fuzz({ startServer, program, reports, document, seed, examples, say, signal }: Bench): Promise<Verdict> {
  await using server = await startServer();
  say('setting leniencies=[] for this run, and a user that /Me stands for');
  const userId = await standInFor(server);
  const report = join(reports, 'schemathesis.json');
  const timer = setInterval(() => say(`${server.served().requests} requests so far`), SAYS_EVERY_MS);
  try {
    const words = ['--config-file', CONFIGURATION, 'run', document, '--url', server.tenantUrl, '--seed', String(seed)];
    const { output } = await runProgram(
      program('schemathesis'),
      [...words, '--max-examples', String(examples), '--no-color', '--report-json-path', report],
      {
        variables: { SCIM_TOKEN: server.token, SCIM_USER_ID: userId, SCHEMATHESIS_HOOKS: HOOKS },
        folder: reports,
        timeoutSeconds: TIMEOUT_SECONDS,
        signal,
      },
    );
    writeFileSync(join(reports, 'schemathesis.txt'), output);
    return judge(parseReport(readFileSync(report, 'utf8')), server.served(), output);
  } finally {
    clearInterval(timer);
  }
}
