import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { ACCOUNT, SHAPES } from './shapes.ts';
import { accountTemplate, addAccount, addTenant, context, type Resource, resourcesOf, templateOf } from './synthesised.ts';

/** Made again without loss; alarms and queries are told apart by their names. */
const STATELESS =
  /^AWS::(ApiGateway::(Deployment|GatewayResponse|Method|Resource)|CloudWatch|IAM::Role|Lambda::(Function|Permission)|Logs::(MetricFilter|QueryDefinition))/;

const TEMPLATES: readonly (readonly [string, () => Template])[] = [
  ['account', () => accountTemplate(ACCOUNT)],
  ...Object.entries(SHAPES).map(([name, file]) => [name, () => templateOf(file)] as const),
];

const pinnedIn = (template: Template): readonly string[] =>
  Object.entries<Resource>(template.toJSON()['Resources'])
    .filter(([, { Type }]) => !STATELESS.test(Type))
    .map(([id, { Type }]) => `${Type} ${id}`)
    .sort();

type Statement = { readonly Sid?: string; readonly Action: unknown; readonly Resource: unknown; readonly Condition?: unknown };
type Policy = { readonly PolicyDocument: { readonly Statement: readonly Statement[] } };

const statementsOf = ({ Properties }: Resource): readonly Statement[] =>
  Object.values(Properties['Policies'] as readonly Policy[]).flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

/** Every role with what it may do, to what, under which condition. */
const permissionsIn = (template: Template): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.entries<Resource>(template.findResources('AWS::IAM::Role') as Readonly<Record<string, Resource>>)
      .filter(([, { Properties }]) => Properties['Policies'] !== undefined)
      .map(([id, role]) => [
        id,
        statementsOf(role).map(({ Action, Resource, Condition }) => JSON.stringify([Action, Resource, Condition])),
      ]),
  );

function synthesise(outdir: string): Readonly<Record<string, string>> {
  const app = new App({ context, outdir });
  addAccount(app, ACCOUNT);
  for (const file of Object.values(SHAPES)) addTenant(app, file);
  app.synth();
  const files = readdirSync(outdir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map(({ name }) => [name, readFileSync(join(outdir, name), 'utf8')]));
}

describe('logical ids', () => {
  it.each(TEMPLATES)('of what must not be replaced are what they were: %s', (_name, template) => {
    expect(pinnedIn(template())).toMatchSnapshot();
  });
});

describe('permissions', () => {
  it.each(TEMPLATES)('are what they were: %s', (_name, template) => {
    expect(permissionsIn(template())).toMatchSnapshot();
  });

  it.each(TEMPLATES)('name neither actions nor resources by wildcard: %s', (_name, template) => {
    expect(JSON.stringify(resourcesOf(template(), 'AWS::IAM::Role'))).not.toContain('*');
    expect(resourcesOf(template(), 'AWS::IAM::Policy')).toEqual([]);
  });
});

describe('synthesis', () => {
  it('gives the same bytes every time', () => {
    const folder = mkdtempSync(join(tmpdir(), 'scim-cdk-'));

    const [one, other] = ['one', 'other'].map((name) => synthesise(join(folder, name)));

    rmSync(folder, { recursive: true });
    expect(Object.keys(one ?? {}).filter((name) => name.endsWith('.template.json'))).toHaveLength(1 + Object.keys(SHAPES).length);
    expect(other).toEqual(one);
  });
});
