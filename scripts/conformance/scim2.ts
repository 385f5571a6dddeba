import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../python/run-program.ts';
import { faultsIn } from './served.ts';
import type { Bench, Tool, Verdict } from './tool.ts';

const TIMEOUT_SECONDS = 300;

/** scim2-tester by its command line: discovery, then the life of a resource of each type, attribute by attribute. */
export const scim2: Tool = { name: 'scim2', run: checkServer };

async function checkServer({ startServer, program, reports, signal }: Bench): Promise<Verdict> {
  await using server = await startServer();
  const { code, output } = await runProgram(program('scim2'), ['-u', server.tenantUrl, 'test'], {
    // Other users of the machine see the words of a command, not its environment.
    variables: { SCIM_CLI_HEADERS: `Authorization: Bearer ${server.token}` },
    timeoutSeconds: TIMEOUT_SECONDS,
    signal,
  });
  writeFileSync(join(reports, 'scim2.txt'), output);
  return judge(output, code, faultsIn(server.served()));
}

const STATUS = /^([A-Z]+) \S/;

/** A check that is skipped counts as failed, as it does for the tool itself: what it needs is not there. */
export function judge(output: string, code: number, faults: readonly string[]): Verdict {
  const lines = output.split('\n');
  const checks = lines.flatMap((line, at) => {
    const status = STATUS.exec(line)?.[1];
    return status === undefined ? [] : [{ status, text: [line, lines[at + 1]?.trim()].join(': ') }];
  });
  const failed = checks.filter(({ status }) => status !== 'SUCCESS').map(({ text }) => text);
  const passed = checks.length - failed.length;
  const isBroken = failed.length === 0 && (code !== 0 || passed === 0);
  const details = [...failed, ...faults, ...(isBroken ? [`it ended with status ${code}:`, ...lines.slice(-20)] : [])];
  return { passed, failed: failed.length + faults.length + (isBroken ? 1 : 0), summary: `${checks.length} checks`, details };
}
