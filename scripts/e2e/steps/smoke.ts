import { scimClient } from '../../../test/support/local-client.ts';
import { script } from '../commands.ts';
import { GUARDED } from '../tenants.ts';
import { outputsOf, type Step } from '../world.ts';
import { makeApplication } from './credentials.ts';

/** `npm run smoke` on a tenant that is in use: what was there before is there afterwards, and nothing else. */
export const smoke: Step = {
  name: 'npm run smoke, on a tenant that is in use',
  run: async (world, check) => {
    const { token } = await makeApplication(world, GUARDED, 'onlooker');
    const scim = scimClient({ tenantUrl: outputsOf(world, GUARDED).TenantUrl }, token);
    const inventory = async (): Promise<string> => {
      const lists = await Promise.all(['/Users', '/Groups'].map((path) => scim('GET', `${path}?count=200&sortBy=id`)));
      return lists.map(({ text }) => text).join('\n');
    };
    const before = await inventory();
    const { stdout, output } = await script(world, [
      'scripts/smoke.ts',
      '--tenant',
      GUARDED,
      '--only',
      'entra/',
      '--only',
      'okta/',
      '--at-once',
      '3',
    ]);
    const [, passed = '0', failed = ''] = /^(\d+) passed, (\d+) failed$/m.exec(stdout) ?? [];
    check('has every conversation passed', Number(passed) > 60 && failed === '0', output);
    check('leaves everything as it was', before === (await inventory()));
    const again = await script(world, ['scripts/smoke.ts', '--tenant', GUARDED, '--clean']);
    check('leaves nothing behind', again.stdout.includes('Nothing was left behind'), again.output);
  },
};
