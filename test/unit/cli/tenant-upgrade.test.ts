import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readVersion } from '../../../cli/version.ts';
import { aService, aStack } from '../../support/aws/fleet.ts';
import { openFleetSite } from '../../support/fleet-process.ts';

async function setUp() {
  const site = await openFleetSite();
  for (const name of ['account', 'a', 'b', 'c']) site.aws.stacks.set(`scim-${name}`, aStack());
  return site;
}

const bothSteps = (...names: readonly string[]): readonly string[] =>
  names.flatMap((name) => [`scim-${name} prepare-change-set`, `scim-${name} execute-change-set`]);

describe('scim tenant upgrade', () => {
  it('brings the account and then each tenant to this version, one after the other', async () => {
    await using site = await setUp();

    const { status, out, err, calls } = await site.scim('tenant upgrade --all');

    expect({ status, out }).toEqual({ status: 0, out: '4 upgraded, 0 unchanged, 0 failed, 0 not begun\n' });
    expect(calls).toEqual(['synth', ...bothSteps('account', 'a', 'b', 'c')]);
    expect(err).toMatch(/scim-c: upgraded \(4 of 4, \d+ s\)/);
    expect([...site.aws.stacks.values()].map(({ version }) => version)).toEqual(Array(4).fill(readVersion()));
  });

  it('takes a canary before all others', async () => {
    await using site = await setUp();

    const { calls } = await site.scim('tenant upgrade --canary b --then-all');

    expect(calls.filter((call) => call.endsWith('execute-change-set'))).toEqual(
      ['account', 'b', 'a', 'c'].map((name) => `scim-${name} execute-change-set`),
    );
  });

  it('shows what would change in a dry run, and leaves everything as it is', async () => {
    await using site = await setUp();
    site.aws.stacks.delete('scim-account');

    const { status, out, err, calls } = await site.scim('tenant upgrade a --dry-run --app cdk.out');

    expect({ status, calls }).toEqual({ status: 0, calls: ['scim-a prepare-change-set'] });
    expect(err).toMatch(/scim-account: not there yet; it would be made/);
    expect(err).toMatch(/scim-a: 1 resources would change.*\n {2}~ Users \(AWS::Lambda::Function\)/);
    expect(out).toBe('2 would change, 0 unchanged, 0 failed, 0 not begun\n');
    expect(site.aws.deletedChangeSets).toEqual(['scim-a']);
  });

  it('stops before a change by which something is lost that no deployment brings back', async () => {
    await using site = await setUp();
    site.aws.stacks.set(
      'scim-b',
      aStack({ changes: [{ id: 'Table', type: 'AWS::DynamoDB::GlobalTable', action: 'Modify', replacement: 'True' }] }),
    );

    const { status, err, calls } = await site.scim('tenant upgrade --all --app cdk.out');

    expect({ status, calls }).toEqual({ status: 1, calls: [...bothSteps('account', 'a'), 'scim-b prepare-change-set'] });
    expect(err).toMatch(/scim-b: FAILED, before anything was changed/);
    expect(err).toMatch(/Table \(AWS::DynamoDB::GlobalTable\) would be replaced, and with it all users and groups/);
    expect(err).toMatch(
      /Upgraded: scim-account, scim-a\. Not begun: scim-c\.\nGo on with: npm run scim -- tenant upgrade --all --from b\n/,
    );
    expect(site.aws.deletedChangeSets).toEqual(['scim-b']);
  });

  it.each([
    ['prepare-change-set', /before anything was changed/, ['scim-b prepare-change-set']],
    ['execute-change-set', /CloudFormation takes back what it had begun/, bothSteps('b')],
  ])('stops when the CDK fails at %s, shows its last words, and keeps all of them in a file', async (step, words, ofB) => {
    await using site = await setUp();

    const failing = { FAKE_CDK_FAILS: `deploy scim-b ${step}` };
    const { status, err, calls } = await site.scim('tenant upgrade --all --app cdk.out', { environment: failing });

    expect({ status, calls }).toEqual({ status: 1, calls: [...bothSteps('account', 'a'), ...ofB] });
    expect(err).toMatch(words);
    expect(err).toMatch(/Resource handler returned message "no"/);
    const [, file = ''] = /all of it: (.*)/.exec(err) ?? [];
    expect(await readFile(join(site.folder, file), 'utf8')).toMatch(/is under way\n.*has failed/s);
  });

  it('stops when nothing can be synthesised, and touches nothing', async () => {
    await using site = await setUp();

    const { status, err, calls } = await site.scim('tenant upgrade --all', { environment: { FAKE_CDK_FAILS: 'synth' } });

    expect({ status, calls }).toEqual({ status: 1, calls: ['synth'] });
    expect(err).toMatch(/cannot be synthesised:\n.*under way\nsynth has failed.*\nall of it: dist\/upgrades\/.*synth\.log/);
    expect(await readdir(join(site.folder, 'dist', 'upgrades'))).toHaveLength(1);
  });

  it('says so when the CDK cannot be started at all', async () => {
    await using site = await setUp();

    const { status, err } = await site.scim('tenant upgrade a', { environment: { SCIM_CDK: '/no/such/cdk' } });

    expect(status).toBe(1);
    expect(err).toMatch(/spawn \/no\/such\/cdk ENOENT/);
  });

  it('stops behind a tenant that is not of this version afterwards', async () => {
    await using site = await setUp();
    const stack = aStack();
    site.aws.stacks.set('scim-a', Object.defineProperty(stack, 'version', { get: () => '0.0.9', set: () => {} }));

    const { status, err } = await site.scim('tenant upgrade a b --app cdk.out');

    expect(status).toBe(1);
    expect(err).toMatch(/scim-a: FAILED, after it was deployed: it is there, and not well.*\n.*of version 0\.0\.9, not/);
    expect(err).toMatch(/Go on with: npm run scim -- tenant upgrade a b --from a\n/);
  });

  it('goes on where it ended, and passes over what has nothing to change', async () => {
    await using site = await setUp();
    site.aws.stacks.set('scim-account', aStack({ changes: 'empty' }));

    const { status, out, calls } = await site.scim('tenant upgrade --all --from b --app cdk.out --json');

    expect(status).toBe(0);
    expect(calls).toEqual(['scim-account prepare-change-set', ...bothSteps('b', 'c')]);
    expect(JSON.parse(out)).toMatchObject({
      dryRun: false,
      done: [{ stack: 'scim-account', outcome: { kind: 'unchanged' } }, { outcome: { kind: 'upgraded' } }, { stack: 'scim-c' }],
      left: [],
      stopped: false,
    });
  });

  it('lets a fault pass that was there before', async () => {
    await using site = await setUp();
    site.aws.stacks.set('scim-a', aStack({ endpointStatus: 503, service: () => aService({ credentials: [] }) }));

    expect(await site.scim('tenant upgrade a --app cdk.out')).toMatchObject({ status: 0 });
  });

  it('leaves a stack alone that is being changed', async () => {
    await using site = await setUp();
    site.aws.stacks.set('scim-a', aStack({ state: 'UPDATE_IN_PROGRESS' }));

    const { status, err, calls } = await site.scim('tenant upgrade a --app cdk.out');

    expect({ status, calls }).toEqual({ status: 1, calls: bothSteps('account') });
    expect(err).toMatch(/the stack is UPDATE_IN_PROGRESS: wait until CloudFormation is done/);
  });

  it('ends after the tenant under way when it is interrupted', async () => {
    await using site = await setUp();

    const { status, err, calls } = await site.scim('tenant upgrade --all --app cdk.out', {
      environment: { FAKE_CDK_MS: '500' },
      onSaid: (said, interrupt) => {
        if (said.includes('scim-account: upgraded') && !said.includes('Ending after')) interrupt();
      },
    });

    expect(status).toBe(1);
    expect(err).toMatch(/Ending after scim-a: CloudFormation would go on with it anyway/);
    expect(err).toMatch(
      /The upgrade was ended\.\nUpgraded: scim-account, scim-a\. Not begun: scim-b, scim-c\.\nGo on with: .* --all --from b/,
    );
    expect(calls).toEqual(bothSteps('account', 'a'));
  });
});
