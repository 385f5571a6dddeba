import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { accountTemplate, addTenant, newApp, resourcesOf, templateOf } from './synthesised.ts';

/** Every value under a key that names something physically, wherever it stands; a dimension's name is a kind of name, and no one thing's. */
function physicalNamesIn(value: unknown, key = ''): readonly string[] {
  if (typeof value === 'string')
    return /^(RestApi)?(Name|FunctionName|TableName|RoleName|LogGroupName|ExportName)$/.test(key) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === 'Dimensions' ? [] : physicalNamesIn(inner, name)));
}

describe('two tenants of different URL shape in one account', () => {
  const app = newApp();
  const infor = addTenant(app, { name: 'inforsts-tst', stage: 'INFORSTS_TST', basePath: '/v2/scim' });
  const iprova = addTenant(app, { name: 'iprova', stage: 'scim', basePath: '' });
  const templates = [infor, iprova].map((stack) => Template.fromStack(stack));

  it('have stacks of their own', () => {
    expect([infor.stackName, iprova.stackName]).toEqual(['scim-inforsts-tst', 'scim-iprova']);
  });

  it('share no physical name', () => {
    const [of, other] = templates.map((template) => physicalNamesIn(template.findResources('AWS::ApiGateway::RestApi')));

    expect(of).toEqual(['scim-inforsts-tst']);
    expect(other).toEqual(['scim-iprova']);
    for (const template of templates) {
      // A saved query is named for its tenant, which it has no other place to say; a bus, so that rules can be made on it.
      const {
        'AWS::ApiGateway::RestApi': _api,
        'AWS::Events::EventBus': _bus,
        'AWS::Logs::QueryDefinition': _query,
        ...others
      } = Object.groupBy(Object.values<{ Type: string }>(template.toJSON()['Resources']), ({ Type }) => Type);
      expect(physicalNamesIn(others).filter((name) => name !== 'Least')).toEqual([]);
    }
  });

  it('export nothing and import nothing', () => {
    for (const template of templates) expect(JSON.stringify(template.toJSON())).not.toMatch(/"Export"|Fn::ImportValue/);
  });

  it('have the URLs that were asked for', () => {
    const urls = templates.map((template) => JSON.stringify(template.findOutputs('TenantUrl')));

    expect(urls[0]).toMatch(/https:\/\/.*\/INFORSTS_TST\/v2\/scim"/);
    expect(urls[1]).toMatch(/https:\/\/.*\/scim"/);
  });
});

describe('a tenant’s stack', () => {
  it('tells the URL, the first command, and what the command line looks for', () => {
    const template = templateOf({ name: 'rfpio' });

    expect(Object.keys(template.findOutputs('*')).sort()).toEqual([
      'AdminFunctionName',
      'DeadLetterQueueUrl',
      'EventBusName',
      'FirstToken',
      'TableName',
      'TenantUrl',
      'Version',
    ]);
    template.hasOutput('FirstToken', { Value: 'npm run scim -- token create --tenant rfpio' });
  });

  it.each([
    ['production', true],
    ['dev', false],
  ])('in %s is protected against deletion: %s', (environment, expected) => {
    expect(addTenant(newApp(), { environment }).terminationProtection).toBe(expected);
  });

  it('fits into a template with room for what is to come', () => {
    expect(Object.keys(templateOf().toJSON()['Resources']).length).toBeLessThan(150);
  });
});

describe('the page of limits', () => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/reference/limits.md'), 'utf8').replaceAll('\n', ' ');

  it.each([
    ['API', 'AWS::ApiGateway::RestApi'],
    ['table', 'AWS::DynamoDB::GlobalTable'],
    ['functions', 'AWS::Lambda::Function'],
    ['roles', 'AWS::IAM::Role'],
    ['queues', 'AWS::SQS::Queue'],
    ['secret', 'AWS::SecretsManager::Secret'],
    ['log groups', 'AWS::Logs::LogGroup'],
  ])('says of how many of an account’s each stack takes away: %s', (words, type) => {
    const sentence = /A stack has [^.]*\./.exec(text)?.[0];

    expect(sentence).toMatch(new RegExp(`\\b${resourcesOf(templateOf(), type).length} ${words}\\b`));
  });
});

describe('the account’s stack', () => {
  it('holds the one log role, and leaves it in place for the account’s other APIs', () => {
    accountTemplate().hasResource('AWS::ApiGateway::Account', { DeletionPolicy: 'Retain' });
    accountTemplate().hasResource('AWS::IAM::Role', { DeletionPolicy: 'Retain' });
  });
});
