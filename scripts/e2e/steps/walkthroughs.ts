import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { ROOT, script } from '../commands.ts';
import { PASSING, TENANTS } from '../tenants.ts';
import { outputsOf, type Step } from '../world.ts';

const JEST = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');

const resultsSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numFailedTestSuites: z.number(),
  testResults: z.array(z.object({ message: z.string() })),
});

/** Walks through the set-up pages of the products, from the first step to the cycles that follow, each on the stack that was deployed for it. */
export const walkthroughs: Step = {
  name: 'the set-up pages of the products',
  run: async (world, check) => {
    const sites = join(world.folder, 'sites.json');
    const results = join(world.folder, 'walkthroughs.json');
    const deployed = TENANTS.filter(({ name }) => name !== PASSING);
    await writeFile(
      sites,
      JSON.stringify(deployed.map(({ name, preset }) => ({ preset, tenant: name, tenantUrl: outputsOf(world, name).TenantUrl }))),
    );
    const words = [
      '--experimental-vm-modules',
      '--no-warnings',
      JEST,
      'test/walkthroughs',
      '--json',
      '--outputFile',
      results,
      '--reporters',
      'default',
    ];
    const { output } = await script(world, words, { SCIM_SITES: sites });
    const outcome = resultsSchema.parse(JSON.parse(await readFile(results, 'utf8')));
    for (let passed = 0; passed < outcome.numPassedTests; passed += 1) check('a step of a page', true);
    for (let failed = 0; failed < outcome.numFailedTests; failed += 1) check('a step of a page', false);
    if (outcome.numFailedTestSuites > 0) world.say(outcome.testResults.map(({ message }) => message).join('\n') || output);
    check('no step was left out', outcome.numPendingTests === 0 && outcome.numPassedTests > 60);
  },
};
