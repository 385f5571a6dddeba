import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { UsageError } from '../../../cli/command.ts';
import type { Finding } from '../../../cli/commands/doctor/finding.ts';
import { chooseTenants } from '../../../cli/commands/tenant/upgrade/choose.ts';
import { newlyWrong } from '../../../cli/commands/tenant/upgrade/health.ts';
import { dangersOf, describeChanges } from '../../../cli/commands/tenant/upgrade/judge-changes.ts';
import { type Upgrade, upgradeStack } from '../../../cli/commands/tenant/upgrade/upgrade-stack.ts';
import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import { aTerminal } from '../../support/admin-terminal.ts';
import { temporaryFolder } from '../../support/local-folder.ts';
import { NO_FLEET, UNCHANGED_FLEET } from '../../support/no-fleet.ts';

const KNOWN = ['a', 'b', 'c'];

describe('which tenants are upgraded', () => {
  it.each([
    [{ tenants: ['c', 'a', 'c'] }, ['c', 'a']],
    [{ tenants: [], all: true as const }, ['a', 'b', 'c']],
    [{ tenants: [], canary: 'b' }, ['b']],
    [{ tenants: [], canary: 'b', thenAll: true as const }, ['b', 'a', 'c']],
    [{ tenants: [], canary: 'b', thenAll: true as const, from: 'a' }, ['a', 'c']],
    [{ tenants: ['c', 'a'], from: 'a' }, ['a']],
  ])('are, by %j, %j', (wanted, chosen) => {
    expect(chooseTenants(wanted, KNOWN)).toEqual(chosen);
  });

  it.each([
    [{ tenants: [] }, UsageError, /by their names, with --all, or with --canary/],
    [{ tenants: ['a'], all: true as const }, UsageError, /Say which tenants/],
    [{ tenants: [], all: true as const, canary: 'a' }, UsageError, /Say which tenants/],
    [{ tenants: ['a'], thenAll: true as const }, UsageError, /name it with --canary/],
    [{ tenants: [], all: true as const, from: 'x' }, UsageError, /--from takes one of those that are meant: a, b, c/],
    [{ tenants: ['x'] }, AdminRefusal, /no file of a tenant "x"; "scim tenant list"/],
    [{ tenants: [], canary: 'x' }, AdminRefusal, /no file of a tenant "x"/],
  ])('cannot be told from %j', (wanted, kind, words) => {
    expect(() => chooseTenants(wanted, KNOWN)).toThrow(kind);
    expect(() => chooseTenants(wanted, KNOWN)).toThrow(words);
  });
});

describe('what a change would lose', () => {
  it.each([
    ['AWS::DynamoDB::GlobalTable', 'Modify', 'True', /would be replaced, and with it all users and groups/],
    ['AWS::SecretsManager::Secret', 'Remove', 'False', /would be removed, and with it all credentials/],
    ['AWS::ApiGateway::RestApi', 'Modify', 'Conditional', /might be replaced, and with it the Tenant URL/],
    ['AWS::ApiGateway::Stage', 'Remove', 'False', /the Tenant URL/],
    ['AWS::KMS::Key', 'Remove', 'False', /what is encrypted with it/],
    ['AWS::Logs::LogGroup', 'Modify', 'True', /the log, and with it the provisioning report/],
    ['AWS::SQS::Queue', 'Modify', 'True', /work that is left to be done/],
    ['AWS::Events::EventBus', 'Modify', 'True', /would be replaced, and with it the rules by which others are told/],
    ['AWS::SNS::Topic', 'Remove', 'False', /the confirmed subscriptions/],
    ['AWS::DynamoDB::GlobalTable', 'Dynamic', 'False', /might be replaced, and with it all users and groups/],
    ['AWS::CloudFormation::Stack', 'Remove', 'False', /would be removed, and with it all that is in it/],
  ] as const)('is told of a %s under %s, replacement %s', (type, action, replacement, words) => {
    expect(dangersOf([{ logicalId: 'Held', type, action, replacement }])).toEqual([expect.stringMatching(words)]);
  });

  it.each([
    ['AWS::DynamoDB::GlobalTable', 'Modify', 'False'],
    ['AWS::DynamoDB::GlobalTable', 'Add', 'False'],
    ['AWS::ApiGateway::Deployment', 'Remove', 'True'],
    ['AWS::Lambda::Function', 'Modify', 'True'],
  ] as const)('is nothing under a %s with %s, replacement %s', (type, action, replacement) => {
    expect(dangersOf([{ logicalId: 'Free', type, action, replacement }])).toEqual([]);
  });

  it('is shown resource by resource', () => {
    const type = 'AWS::Lambda::Function';

    expect(
      describeChanges([
        { logicalId: 'New', type, action: 'Add', replacement: 'False' },
        { logicalId: 'Old', type, action: 'Remove', replacement: 'False' },
        { logicalId: 'Other', type, action: 'Modify', replacement: 'True' },
        { logicalId: 'Unclear', type, action: 'Modify', replacement: 'Conditional' },
      ]),
    ).toEqual([
      '  + New (AWS::Lambda::Function)',
      '  - Old (AWS::Lambda::Function)',
      '  ~ Other (AWS::Lambda::Function, replaced)',
      '  ~ Unclear (AWS::Lambda::Function, perhaps replaced)',
    ]);
  });
});

describe('the health of a tenant after an upgrade', () => {
  const ill = (check: string): Finding => ({ check, verdict: 'wrong', says: 'no' });
  const looks = (...found: readonly (readonly Finding[])[]) => {
    const left = [...found];
    return { left, look: async () => ({ wrong: left.length > 1 ? (left.shift() ?? []) : (left[0] ?? []) }) };
  };
  const pausing = () => {
    const pauses: number[] = [];
    return { pauses, pause: async (ms: number) => void pauses.push(ms) };
  };

  it('is good once a look finds nothing new', async () => {
    const { pauses, pause } = pausing();
    const { look } = looks([ill('endpoint')], [ill('endpoint')], [ill('work')]);

    expect(await newlyWrong({ wrong: [ill('work')] }, look, { pause })).toEqual([]);
    expect(pauses).toEqual([5_000, 5_000]);
  });

  it('is not when patience ends', async () => {
    const { pauses, pause } = pausing();

    expect(await newlyWrong({ wrong: [] }, looks([ill('endpoint')]).look, { pause })).toEqual(['endpoint: no']);
    expect(pauses).toHaveLength(5);
  });
});

describe('a stack', () => {
  const upgrade: Upgrade = {
    ...{ stackName: 'scim-a', assembly: 'out', logFile: 'log', isDryRun: false, isTenant: false, version: '1.0.0', by: 'ada' },
  };

  it.each(['UPDATE_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_FAILED', 'DELETE_FAILED', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'])(
    'is left alone while it is %s',
    async (state) => {
      const deployed = { ...NO_FLEET, fleet: { ...NO_FLEET.fleet, readStack: async () => ({ state, outputs: new Map() }) } };

      expect(await upgradeStack(upgrade, aTerminal({ deployed }).terminal)).toMatchObject({ kind: 'failed', step: 'look' });
    },
  );

  it('is not deployed in another state than the one that was compared', async () => {
    const ran: (readonly string[])[] = [];
    const deployed = {
      ...NO_FLEET,
      fleet: {
        ...NO_FLEET.fleet,
        readStack: async () => ({ state: 'UPDATE_ROLLBACK_COMPLETE', outputs: new Map() }),
        readChanges: async () => [],
      },
      runCdk: async ({ words }: { readonly words: readonly string[] }) => {
        ran.push(words);
        return { isDone: true, lastLines: [] };
      },
    };

    expect(await upgradeStack(upgrade, aTerminal({ deployed }).terminal)).toEqual({ kind: 'upgraded', changes: [] });

    const fixed = ['deploy', 'scim-a', '--app', 'out', '--exclusively', '--change-set-name', 'scim-upgrade'];
    expect(ran.map((words) => words.slice(0, 7))).toEqual([fixed, fixed]);
    expect(ran.map((words) => words[words.indexOf('--method') + 1])).toEqual(['prepare-change-set', 'execute-change-set']);
  });
});

describe('scim tenant upgrade', () => {
  async function setUp(deployed: Partial<typeof NO_FLEET>, file = '{ "name": "a" }') {
    const folder = await temporaryFolder();
    await writeFile(join(folder.path, 'a.json'), file);
    const terminal = aTerminal({ tenantsFolder: folder.path, deployed: { ...UNCHANGED_FLEET, ...deployed } });
    return { ...terminal, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
  }

  const absent = { fleet: { ...UNCHANGED_FLEET.fleet, readStack: async () => undefined } };
  const failing = { runCdk: async () => ({ isDone: false, lastLines: ['no such thing'] }) };

  it.each([
    ['a', {}, '{ "nam": "a" }', /a\.json: .*unknown key "nam"; did you mean "name"\?/],
    ['a', absent, undefined, /a is not deployed yet: make its stack with "npx cdk deploy scim-a"/],
    ['a', failing, undefined, /cannot be synthesised:\nno such thing\nall of it: dist\/upgrades\/2026-06-01T00-00-00\.000Z\/synth\.log/],
    [
      '--all --app out',
      failing,
      undefined,
      /ended at scim-account\.\nUpgraded: none\. Not begun: scim-a\.\nGo on with: .*upgrade --all\n?$/,
    ],
  ])('is refused for "%s"', async (line, deployed, file, words) => {
    await using system = await setUp(deployed, file);

    expect(await system.scim(`tenant upgrade ${line}`)).toBe(1);
    expect(system.err.join('\n')).toMatch(words);
  });

  it('leaves those out that are not deployed when all are meant', async () => {
    await using system = await setUp(absent);

    expect(await system.scim('tenant upgrade --all --dry-run --app out')).toBe(0);
    expect(system.err[0]).toMatch(/^a: left out, it is not deployed yet; "npx cdk deploy scim-a"/);
  });
});
