import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { parseAccount } from '../../lib/account.ts';
import { AccountStack } from '../../lib/account-stack.ts';
import { parseTenant, type Tenant } from '../../lib/tenant.ts';
import { TenantStack } from '../../lib/tenant-stack.ts';
import { keptTemplate } from './kept-template.ts';

type Properties = Readonly<Record<string, unknown>>;
export type Resource = { readonly Type: string; readonly Properties: Properties; readonly DeletionPolicy?: string };

export const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));

/** Where the apps of one test file leave their assemblies; CDK would not take its own temporary folders away. */
const assemblies = mkdtempSync(join(tmpdir(), 'scim-cdk-'));
let count = 0;
afterAll(() => rmSync(assemblies, { recursive: true, force: true }));

/** An app with the feature flags of cdk.json, so that tests judge what is deployed. */
export const newApp = (): App => new App({ context, outdir: join(assemblies, String(count++)) });

const tenantOf = (file: Readonly<Record<string, unknown>>): Tenant => parseTenant({ name: 'example', ...file });

/** Adds a tenant's stack whose functions are empty: no test of a template needs bundles. */
export function addTenant(app: App, file: Readonly<Record<string, unknown>> = {}): TenantStack {
  const tenant = tenantOf(file);
  return new TenantStack(app, `scim-${tenant.name}`, { tenant, codeOf: () => Code.fromInline('exports.handler = null') });
}

/** Synthesised once in a run for each tenant file, however many test files look at it: it takes a second. */
export const templateOf = (file: Readonly<Record<string, unknown>> = {}): Template =>
  keptTemplate(`tenant ${JSON.stringify(tenantOf(file))}`, () => Template.fromStack(addTenant(newApp(), file)));

export const addAccount = (
  app: App,
  file: Readonly<Record<string, unknown>> = {},
  tenants: readonly string[] = ['example'],
): AccountStack => new AccountStack(app, 'scim-account', { account: parseAccount(file), tenants });

export const accountTemplate = (file: Readonly<Record<string, unknown>> = {}): Template =>
  keptTemplate(`account ${JSON.stringify(file)}`, () => Template.fromStack(addAccount(newApp(), file)));

export const resourcesOf = (template: Template, type: string): readonly Resource[] =>
  Object.values<Resource>(template.toJSON()['Resources']).filter(({ Type }) => Type === type);

/** The only resource of its type, or the first of several alike. */
export function resourceOf(template: Template, type: string): Resource {
  const [resource] = resourcesOf(template, type);
  if (resource === undefined) throw new TypeError(`no ${type} in the template`);
  return resource;
}
