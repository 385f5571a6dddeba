/**
 * Runs what others wrote to judge SCIM endpoints against the local server: scim2-tester, scim-sanity, and schemathesis
 * on the OpenAPI document. See docs/how-to/check-conformance.md, or `npm run conformance -- --help`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openapiSpecValidator } from './conformance/openapi-spec-validator.ts';
import { HELP, type Options, parseOptions } from './conformance/options.ts';
import { runTools } from './conformance/run-tools.ts';
import { schemathesis } from './conformance/schemathesis.ts';
import { scimSanity } from './conformance/scim-sanity.ts';
import { scim2 } from './conformance/scim2.ts';
import { startServer } from './conformance/server.ts';
import { renderText } from './openapi/text.ts';
import { CannotRun } from './python/cannot-run.ts';
import { installPackages } from './python/environment.ts';

const TOOLS = [scim2, scimSanity, openapiSpecValidator, schemathesis];
const FOLDER = fileURLToPath(new URL('../.conformance', import.meta.url));
const REQUIREMENTS = fileURLToPath(new URL('./conformance/requirements.txt', import.meta.url));

/** Progress, where it does not get into the way of the result. */
const say = (line: string): void => console.error(line);

async function main(words: readonly string[]): Promise<number> {
  const options = parseOptions(
    words,
    TOOLS.map(({ name }) => name),
  );
  if (!options.help) return check(options);
  console.log(HELP);
  return 0;
}

async function check({ only, seed, examples, json }: Options): Promise<number> {
  const { signal } = interruption();
  const programs = await installPackages({ folder: FOLDER, requirements: REQUIREMENTS }, { say, signal });
  const reports = join(FOLDER, 'reports');
  mkdirSync(reports, { recursive: true });
  const document = join(reports, 'openapi.json');
  writeFileSync(document, renderText());
  const verdicts = await runTools(
    TOOLS.filter(({ name }) => only.length === 0 || only.includes(name)),
    { startServer: () => startServer(signal), program: (name) => join(programs, name), reports, document, seed, examples, say, signal },
  );
  const passed = verdicts.reduce((sum, verdict) => sum + verdict.passed, 0);
  const failed = verdicts.reduce((sum, verdict) => sum + verdict.failed, 0);
  console.log(json ? JSON.stringify({ seed, passed, failed, tools: verdicts }) : `${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

/** Lets a server that was started be stopped before the process ends. */
function interruption(): AbortController {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort(new CannotRun(`Interrupted by ${name}.`)));
  return controller;
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof CannotRun)) throw error;
  console.error(error.message);
  return 2;
});
