/** The CDK app: a stack for each tenant file, and the one that an AWS account needs once. */
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AccountStack } from '../lib/account-stack.ts';
import { BundleError, bundleHandlers } from '../lib/bundle.ts';
import { TenantFileError } from '../lib/tenant.ts';
import { readDeployment } from '../lib/tenant-files.ts';
import { TenantStack } from '../lib/tenant-stack.ts';

try {
  const { account: settings, tenants } = readDeployment(process.env['TENANTS_DIR'] || 'tenants');
  const app = new App();
  // Nothing is written anywhere else: two can run at once in one folder, each with an output of its own.
  const bundles = join(app.outdir, 'bundles');
  await bundleHandlers({ from: 'lambdas', into: bundles });

  const account = new AccountStack(app, 'scim-account', { account: settings, tenants: tenants.map(({ name }) => name) });
  for (const tenant of tenants) {
    const stack = new TenantStack(app, `scim-${tenant.name}`, {
      tenant: { ...tenant, tags: { ...settings.tags, ...tenant.tags } },
      codeOf: (name) => Code.fromAsset(join(bundles, name)),
    });
    stack.addStackDependency(account, 'API Gateway refuses access logs until the account has a role for them.');
  }
} catch (error) {
  if (!(error instanceof TenantFileError || error instanceof BundleError)) throw error;
  console.error(`scim: ${error.message}`);
  process.exitCode = 1;
}
