import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cdkDone, ROOT } from '../commands.ts';
import { ACCOUNT, REGION } from '../place.ts';
import type { Step } from '../world.ts';

const TEMPLATE = join(ROOT, 'node_modules', 'aws-cdk', 'lib', 'api', 'bootstrap', 'bootstrap-template.yaml');

/** The block of a resource in the CDK's own bootstrap template, up to the next one. */
const BUCKET_POLICY = /\n {2}StagingBucketPolicy:\n(?: {4}.*\n|\n)*/;

/**
 * Prepares the account as `cdk bootstrap` does, but for the policy of its bucket: it demands TLS, and the emulator speaks
 * plain HTTP.
 */
export const bootstrap: Step = {
  name: 'bootstrap the account',
  run: async (world, check) => {
    const template = await readFile(TEMPLATE, 'utf8');
    const adapted = template.replace(BUCKET_POLICY, '\n');
    check('the bucket policy is the only part left out', adapted !== template && template.length - adapted.length < 1_000);
    const file = join(world.folder, 'bootstrap.yaml');
    await mkdir(world.folder, { recursive: true });
    await writeFile(file, adapted);
    await cdkDone(world, 'bootstrap', `aws://${ACCOUNT}/${REGION}`, '--template', file);
  },
};
