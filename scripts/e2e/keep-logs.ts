import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { rootClients } from './account.ts';
import { linesIn } from './log-lines.ts';
import type { World } from './world.ts';

/** Writes down what each log group of the account holds, beside the emulator's own log. */
export async function keepLogs(world: World): Promise<void> {
  const folder = join(world.folder, 'logs');
  await mkdir(folder, { recursive: true });
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client: rootClients(world).logs }, {})) {
    for (const { logGroupName = '' } of logGroups) {
      await writeFile(join(folder, `${logGroupName.replaceAll('/', '_')}.log`), (await linesIn(world, logGroupName)).join('\n'));
    }
  }
}
