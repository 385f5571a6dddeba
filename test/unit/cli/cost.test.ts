import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { countAtRest } from '../../../cli/commands/cost/at-rest.ts';
import { estimate, type Line, totalOf } from '../../../cli/commands/cost/estimate.ts';
import { costOf, fleetCost } from '../../../cli/commands/cost/fleet-cost.ts';
import { metricHours } from '../../../cli/commands/cost/metric-hours.ts';
import { IDLE, trafficOf } from '../../../cli/commands/cost/traffic.ts';
import { aTerminal } from '../../support/admin-terminal.ts';
import { temporaryFolder } from '../../support/local-folder.ts';
import { NO_FLEET } from '../../support/no-fleet.ts';

type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties?: object }>>;

const TABLE = {
  Table: {
    Type: 'AWS::DynamoDB::GlobalTable',
    Properties: { Replicas: [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }] },
  },
};

const billOf = (resources: Resources, users?: number): readonly Line[] =>
  estimate(countAtRest({ Resources: { ...TABLE, ...resources } }), users === undefined ? IDLE : trafficOf(users));

const dollarsMore = (resources: Resources): number => Number((totalOf(billOf(resources)) - totalOf(billOf({}))).toFixed(4));

const metric = (Period: number) => ({ MetricStat: { Metric: {}, Period, Stat: 'Sum' } });

describe('what a template costs at rest', () => {
  it.each<[string, number, Resources]>([
    ['a secret', 0.4, { A: { Type: 'AWS::SecretsManager::Secret' } }],
    ['an alarm', 0.1, { A: { Type: 'AWS::CloudWatch::Alarm', Properties: { Period: 300 } } }],
    ['an alarm of high resolution', 0.3, { A: { Type: 'AWS::CloudWatch::Alarm', Properties: { Period: 10 } } }],
    [
      'an alarm over two metrics',
      0.2,
      { A: { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [metric(60), metric(60), { Expression: 'a/b' }] } } },
    ],
    ['a composite alarm', 0.5, { A: { Type: 'AWS::CloudWatch::CompositeAlarm' } }],
    ['a dashboard', 3, { A: { Type: 'AWS::CloudWatch::Dashboard' } }],
    ['a key', 1, { A: { Type: 'AWS::KMS::Key' } }],
    ['a web ACL of two rules', 7, { A: { Type: 'AWS::WAFv2::WebACL', Properties: { Rules: [{}, {}] } } }],
    [
      'a metric of a log filter',
      0.3,
      { A: { Type: 'AWS::Logs::MetricFilter', Properties: { MetricTransformations: [{ MetricName: 'Other' }] } } },
    ],
    [
      'a log filter that counts into a metric of the lines',
      0,
      { A: { Type: 'AWS::Logs::MetricFilter', Properties: { MetricTransformations: [{ MetricName: 'Throttled' }] } } },
    ],
    [
      'a queue that Lambda asks for work',
      0.2628,
      {
        Q: { Type: 'AWS::SQS::Queue' },
        A: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: { 'Fn::GetAtt': ['Q', 'Arn'] } } },
      },
    ],
    [
      'a stream that Lambda reads',
      0,
      { A: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] } } } },
    ],
  ])('counts %s as $%d', (_what, dollars, resources) => {
    expect(dollarsMore(resources)).toBeCloseTo(dollars, 4);
  });

  it('names types that nobody has said of what they cost', () => {
    const { unknownTypes } = countAtRest({ Resources: { A: { Type: 'AWS::EC2::NatGateway' }, B: { Type: 'AWS::IAM::Role' } } });

    expect(unknownTypes).toEqual(['AWS::EC2::NatGateway']);
  });
});

describe('what users add', () => {
  it('is nothing while there are none', () => {
    expect(billOf({}).map(({ item }) => item)).toEqual(['metrics of log lines', 'log, taken in']);
  });

  it('grows with their number, and with the retention of the log', () => {
    const logs = (RetentionInDays: number): Resources => ({ A: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays } } });
    const bills = [billOf({}, 100), billOf({}, 10_000), billOf(logs(365), 10_000), billOf(logs(3_653), 10_000)].map(totalOf);

    expect(bills).toEqual(bills.toSorted((one, other) => one - other));
    expect(new Set(bills).size).toBe(4);
  });

  it('has requests judged by a web ACL, and asks KMS where a key is the tenant’s own', () => {
    const items = billOf({ A: { Type: 'AWS::WAFv2::WebACL' }, B: { Type: 'AWS::KMS::Key' } }, 10).map(({ item }) => item);

    expect(items).toEqual(expect.arrayContaining(['requests judged by the web ACL', 'KMS, calls']));
  });

  it('makes a metric cost no more hours than a month has', () => {
    expect(metricHours(IDLE)).toBeCloseTo((2 * 730) / 24, 1);
    expect(metricHours(trafficOf(10_000_000))).toBeLessThanOrEqual(17 * 730);
  });
});

describe('a fleet', () => {
  it('pays for the account once, and for each tenant by the mean', () => {
    const account = costOf('scim-account', countAtRest({ Resources: { A: { Type: 'AWS::CloudWatch::Dashboard' } } }), 0);
    const one = costOf('scim-a', countAtRest({ Resources: { A: { Type: 'AWS::KMS::Key' } } }), 0);
    const other = costOf('scim-b', countAtRest({ Resources: {} }), 0);

    expect(fleetCost(account, [one, other], 10)).toEqual({ tenants: 10, idle: 8, busy: 8 });
  });
});

describe('scim cost', () => {
  async function setUp(files: Readonly<Record<string, string>>) {
    const folder = await temporaryFolder();
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder.path, name), text);
    return { folder: folder.path, ...aTerminal(), [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
  }

  const secret = JSON.stringify({ Resources: { ...TABLE, A: { Type: 'AWS::SecretsManager::Secret' }, B: { Type: 'AWS::New::Thing' } } });
  const files = { 'scim-a.template.json': secret, 'scim-b.template.json': '{ "Resources": {} }', 'other.template.json': '{' };

  it('prints each stack, the fleets, and what is not known', async () => {
    await using site = await setUp(files);

    expect(await site.scim(`cost --app ${site.folder} --users 10 --tenants 1,5`)).toBe(0);

    expect(site.out.join('\n')).toMatch(/SCIM-A +IDLE +10 USERS +QUANTITY\n(.*\n)*secret +0\.40 +0\.40 +1 × secret and month\n/);
    expect(site.out.slice(-3)[0]).toMatch(/TENANTS +IDLE +10 USERS/);
    expect(site.err.join('\n')).toMatch(
      /list prices of us-east-1.*\nEach price was held on 2.*\n.*cost\.md\.\nWhether these cost anything.*: AWS::New::Thing\./,
    );
  });

  it('is about the tenants that are named', async () => {
    await using site = await setUp(files);

    await site.scim(`cost --app ${site.folder} --tenant b --json`);

    expect(JSON.parse(site.out.join(''))).toMatchObject({ users: 1_000, stacks: [{ stack: 'scim-b', idle: [] }], fleets: [{}, {}, {}] });
  });

  it.each([
    ['--users many', 2, /--users takes a whole number/],
    ['--tenants 1,x', 2, /--tenants takes whole numbers/],
    ['--tenant c', 2, /no template of "c", but of a, b/],
  ])('cannot be understood with "%s"', async (flags, status, words) => {
    await using site = await setUp(files);

    expect(await site.scim(`cost --app ${site.folder} ${flags}`)).toBe(status);
    expect(site.err.join('\n')).toMatch(words);
  });

  it.each([
    [{}, /There are no templates in .*: "npx cdk synth --output/],
    [{ 'scim-a.template.json': '{' }, /scim-a\.template\.json cannot be read as JSON/],
    [{ 'scim-account.template.json': '{ "Resources": {} }' }, /no template of a tenant; "scim tenant add"/],
  ])('says what is missing of %j', async (there, words) => {
    await using site = await setUp(there);

    expect(await site.scim(`cost --app ${site.folder}`)).toBe(1);
    expect(site.err.join('\n')).toMatch(words);
  });

  it.each([
    ['older than a tenant file', 1, ['Synthesising all stacks']],
    ['newer', 2_000_000_000, []],
  ])('synthesises what is %s', async (_what, madeAt, said) => {
    await using site = await setUp({ 'a.json': '{ "name": "a" }' });
    await mkdir(join(site.folder, 'cdk.out'));
    for (const name of ['manifest.json', 'scim-a.template.json'])
      await writeFile(join(site.folder, 'cdk.out', name), '{ "Resources": {} }');
    await utimes(join(site.folder, 'cdk.out', 'manifest.json'), madeAt, madeAt);
    const [runs, before]: [(readonly string[])[], string] = [[], process.cwd()];
    const runCdk = async ({ words }: { readonly words: readonly string[] }) => {
      runs.push(words);
      return { isDone: runs.length === 1, lastLines: ['no such thing'] };
    };
    const { scim, err } = aTerminal({ tenantsFolder: site.folder, deployed: { ...NO_FLEET, runCdk } });

    process.chdir(site.folder);
    const statuses = [await scim('cost --json'), await scim('cost --json')];
    process.chdir(before);

    expect(err.slice(0, said.length)).toEqual(said);
    expect(runs).toHaveLength(said.length * 2);
    expect(statuses).toEqual(said.length > 0 ? [0, 1] : [0, 0]);
    if (said.length > 0) expect(err.join('\n')).toMatch(/cannot be synthesised:\nno such thing\nall of it: dist\/synth\.log/);
  });
});
