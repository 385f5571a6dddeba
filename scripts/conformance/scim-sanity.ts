import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { CannotRun } from '../python/cannot-run.ts';
import { runProgram } from '../python/run-program.ts';
import { faultsIn } from './served.ts';
import type { Bench, Tool, Verdict } from './tool.ts';

const TIMEOUT_SECONDS = 300;

/**
 * What the probe takes for granted and RFC 7644 leaves open: it adds a member that does not exist, and wants the group
 * in the answer to a PATCH.
 */
const SETTINGS = ['unknownMembers=ignore', 'patchAnswer.Group=resource'];

/** scim-sanity's probe, strict: the life of a user and of a group, lists, refusals. */
export const scimSanity: Tool = { name: 'scim-sanity', run: probe };

async function probe({ startServer, program, reports, say, signal }: Bench): Promise<Verdict> {
  await using server = await startServer();
  say(`setting ${SETTINGS.join(' and ')} for this run`);
  await server.scim('app', 'set', '--set', ...SETTINGS);
  // It takes the token on the command line only; the server is gone in a few seconds.
  const words = ['probe', server.tenantUrl, '--token', server.token, '--i-accept-side-effects', '--strict', '--json-output'];
  const { stdout, output } = await runProgram(program('scim-sanity'), words, { timeoutSeconds: TIMEOUT_SECONDS, signal });
  writeFileSync(join(reports, 'scim-sanity.txt'), output);
  return judge(stdout, faultsIn(server.served()));
}

const reportSchema = z.object({
  results: z.array(z.object({ name: z.string(), status: z.string(), message: z.optional(z.nullable(z.string())) })),
});

/** What is skipped are resource types that the endpoint does not have. */
export function judge(report: string, faults: readonly string[]): Verdict {
  const { results } = parseReport(report);
  const passed = results.filter(({ status }) => status === 'pass').length;
  const skipped = results.filter(({ status }) => status === 'skip').length;
  const failed = results.filter(({ status }) => status !== 'pass' && status !== 'skip');
  const details = [...failed.map(({ name, status, message }) => `${name}: ${status} ${message ?? ''}`), ...faults];
  return { passed, failed: details.length, summary: `${results.length} checks, ${skipped} of resource types that are not there`, details };
}

function parseReport(report: string): z.output<typeof reportSchema> {
  const parsed = reportSchema.safeParse(jsonIn(report));
  if (parsed.success && parsed.data.results.length > 0) return parsed.data;
  throw new CannotRun(`scim-sanity left no report:\n${report.slice(-2_000)}`);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
