import { describe, expect, it } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { ALARMS, runbookOf } from '../../lib/alarms.ts';
import { METRIC_UNITS } from '../../src/runtime/metric-names.ts';
import { addAccount, newApp, resourceOf, resourcesOf, templateOf } from './synthesised.ts';

const DASHBOARD = 'AWS::CloudWatch::Dashboard';

type Widget = {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly metrics?: readonly (readonly unknown[])[];
    readonly alarms?: readonly string[];
    readonly annotations?: { readonly alarms?: readonly string[]; readonly horizontal?: readonly { readonly value: number }[] };
  };
};
type Body = { readonly widgets: readonly Widget[]; readonly variables: readonly object[] };

type Joined = { readonly 'Fn::Join': readonly [string, readonly (string | { readonly Ref: string })[]] };

/** What CloudWatch is handed, with the account's own values filled in. */
function bodyFor(tenants: readonly string[]): Body {
  const template = Template.fromStack(addAccount(newApp(), {}, tenants));
  const { 'Fn::Join': joined } = resourceOf(template, DASHBOARD).Properties['DashboardBody'] as Joined;
  return JSON.parse(joined[1].map((part) => (typeof part === 'string' ? part : part.Ref.replace('AWS::', ''))).join(''));
}

const body = bodyFor(['acme', 'acme-eu']);
const text = JSON.stringify(body);

describe('the dashboard', () => {
  it('is one, however many tenants there are, and none without a tenant', () => {
    const count = (tenants: readonly string[]) => resourcesOf(Template.fromStack(addAccount(newApp(), {}, tenants)), DASHBOARD).length;

    expect([[], ['acme'], ['acme', 'acme-eu']].map(count)).toEqual([0, 1, 1]);
  });

  it('lets a tenant be chosen from those there are, and shows the first', () => {
    expect(body.variables).toEqual([
      expect.objectContaining({
        type: 'pattern',
        pattern: 'CHOSEN_TENANT',
        inputType: 'select',
        values: [{ value: 'acme' }, { value: 'acme-eu' }],
        defaultValue: 'acme',
      }),
    ]);
  });

  it('is called by its region, because an account has one dashboard of a name in all of them', () => {
    const { DashboardName } = resourceOf(Template.fromStack(addAccount(newApp(), {}, ['acme'])), DASHBOARD).Properties;

    expect(DashboardName).toEqual({ 'Fn::Join': ['', ['scim-', { Ref: 'AWS::Region' }]] });
  });

  it('searches the namespace in quotes, without which CloudWatch takes letters and digits only', () => {
    const searches = body.widgets.flatMap(({ properties }) => JSON.stringify(properties.metrics ?? []).match(/SEARCH\([^,]*/g) ?? []);

    expect(searches).toHaveLength(3);
    for (const search of searches) expect(search).toContain('{\\"serverless-scim\\"');
  });

  it('names the saved queries as they are called', () => {
    const [query] = resourcesOf(templateOf({ name: 'acme' }), 'AWS::Logs::QueryDefinition');

    expect(query?.Properties['Name']).toMatch(/^scim\/acme\//);
    expect(text).toContain('saved queries `scim/…`');
  });

  it('begins with what sounds, of every tenant', () => {
    const [, sounding] = body.widgets;

    expect(sounding?.properties.alarms).toEqual(
      ['acme', 'acme-eu'].flatMap((tenant) =>
        ALARMS.map(({ name }) => `arn:Partition:cloudwatch:Region:AccountId:alarm:scim-${tenant}/${name}`),
      ),
    );
  });

  it('names every runbook, and shows every metric that log lines carry', () => {
    for (const rule of ALARMS) expect(text).toContain(runbookOf(rule));
    for (const metric of Object.keys(METRIC_UNITS)) expect(text).toMatch(new RegExp(`"${metric}"|\\\\"${metric}\\\\"`));
  });

  it('draws a metric of a single resource by its alarm, and a threshold as a line', () => {
    const drawn = body.widgets.flatMap(({ properties }) => properties.annotations?.alarms ?? []);
    const lines = body.widgets.flatMap(({ properties }) => properties.annotations?.horizontal ?? []).map(({ value }) => value);

    expect(drawn.map((arn) => arn.split('/').at(-1))).toEqual(['sweep-age', 'dead-letters', 'stream-age']);
    expect(lines).toEqual([5_000, 20, 14]);
  });

  it('leaves no widget upon another', () => {
    const cells = body.widgets.flatMap(({ x, y, width, height }) =>
      Array.from({ length: width * height }, (_, at) => `${x + (at % width)},${y + Math.floor(at / width)}`),
    );

    expect(new Set(cells).size).toBe(cells.length);
  });

  it('has room for a hundred tenants: CloudWatch shows 500 widgets, and 100 alarms in each', () => {
    const { widgets } = bodyFor(Array.from({ length: 100 }, (_, at) => `tenant-${at}`));

    expect(widgets.length).toBeLessThanOrEqual(500);
    expect(Math.max(...widgets.map(({ properties }) => properties.alarms?.length ?? 0))).toBe(100);
  });
});
