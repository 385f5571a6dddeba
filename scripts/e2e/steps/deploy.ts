import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { synthesise } from '../assembly.ts';
import { cdkDone, scimDone } from '../commands.ts';
import { stackOf, TENANTS } from '../tenants.ts';
import { outputsSchema, type Step, type World } from '../world.ts';

/** Writes a file for each tenant, and deploys the account's stack and theirs. */
export const deploy: Step = {
  name: `deploy the account's stack and ${TENANTS.length} tenants`,
  run: async (world, check) => {
    for (const { name, preset, flags } of TENANTS) await scimDone(world, 'tenant', 'add', name, '--preset', preset, ...flags);
    const { out, applied } = await synthesise(world, 'first');
    for (const adaptation of applied) world.say(`  adapted: ${adaptation}`);
    await deployAll(world, out);
    for (const { name } of TENANTS) check(`${name} has its outputs`, world.outputs.has(name));
  },
};

/** Deploys every stack of an assembly, and reads what they say about themselves. */
export async function deployAll(world: World, out: string): Promise<void> {
  const file = join(world.folder, 'outputs.json');
  await cdkDone(world, 'deploy', '--app', out, '--all', '--require-approval', 'never', '--concurrency', '2', '--outputs-file', file);
  const all = z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(file, 'utf8')));
  for (const { name } of TENANTS) world.outputs.set(name, outputsSchema.parse(all[stackOf(name)]));
}
