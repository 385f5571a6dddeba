import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { linesOf } from './steps/logs.ts';
import type { World } from './world.ts';

/** Writes down what the functions of each tenant have logged, beside the emulator's own log. */
export async function keepLogs(world: World): Promise<void> {
  const folder = join(world.folder, 'logs');
  await mkdir(folder, { recursive: true });
  for (const tenant of world.outputs.keys()) {
    const lines = await linesOf(world, tenant).catch((error: unknown) => [String(error)]);
    await writeFile(join(folder, `${tenant}.log`), lines.join('\n'));
  }
}
