import { describe, expect, it } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { SHAPES } from './shapes.ts';
import { resourceOf, resourcesOf, templateOf } from './synthesised.ts';

const hardened = templateOf(SHAPES['hardened']);
const shared = templateOf(SHAPES['shared']);
const plain = templateOf();

const urlIn = (template: typeof plain, output: string): string => JSON.stringify(template.findOutputs(output)[output]?.['Value']);

describe('a domain', () => {
  it('of the tenant’s own is made with its certificate, for TLS 1.2 and above, and its record', () => {
    hardened.hasResourceProperties('AWS::ApiGateway::DomainName', { DomainName: 'acme.example.net', SecurityPolicy: 'TLS_1_2' });
    hardened.hasResourceProperties('AWS::Route53::RecordSet', { Name: 'acme.example.net', Type: 'A' });
  });

  it('that tenants share is named, not made', () => {
    shared.resourceCountIs('AWS::ApiGateway::DomainName', 0);
    shared.hasResourceProperties('AWS::ApiGatewayV2::ApiMapping', {
      DomainName: 'scim.example.com',
      ApiMappingKey: 'customers/acme',
      Stage: { Ref: Match.stringLikeRegexp('Stage') },
    });
  });

  it('leads to the tenant by its path, or by none', () => {
    hardened.hasResourceProperties('AWS::ApiGatewayV2::ApiMapping', { ApiMappingKey: Match.absent() });
    expect(urlIn(hardened, 'TenantUrl')).toBe('"https://acme.example.net/scim/v2"');
    expect(urlIn(shared, 'TenantUrl')).toBe('"https://scim.example.com/customers/acme/scim/v2"');
  });

  it('keeps the tenant’s path unless it is given one', () => {
    const template = templateOf({ stage: 'ACME', basePath: '/v2/scim', domain: { name: 'scim.example.com' } });

    expect(urlIn(template, 'TenantUrl')).toBe('"https://scim.example.com/ACME/v2/scim"');
  });

  it('leaves the address that AWS gives beside it, to try before the record is there', () => {
    expect(urlIn(hardened, 'ApiUrl')).toMatch(/execute-api.*\/hardened\/scim\/v2"/);
    expect(plain.findOutputs('ApiUrl')).toEqual({});
  });
});

describe('allowed addresses', () => {
  it('are the only ones let in, for every path', () => {
    const { Properties } = resourceOf(hardened, 'AWS::ApiGateway::RestApi');

    expect(Properties['Policy']).toMatchObject({
      Statement: [
        { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: 'execute-api:/*', Principal: { AWS: '*' } },
        {
          Effect: 'Deny',
          Action: 'execute-api:Invoke',
          Resource: 'execute-api:/*',
          Principal: { AWS: '*' },
          Condition: { NotIpAddress: { 'aws:SourceIp': ['198.51.100.0/24', '2001:db8::/32'] } },
        },
      ],
    });
  });

  it('are deployed to the stage when they change, which API Gateway leaves to whoever changes them', () => {
    const deploymentsOf = (ranges: readonly string[]) =>
      Object.keys(templateOf({ allowedIpRanges: ranges }).findResources('AWS::ApiGateway::Deployment'));

    expect(deploymentsOf(['198.51.100.0/24'])).not.toEqual(deploymentsOf(['203.0.113.0/24']));
  });

  it('are all unless they are given, by a policy too: an API keeps the one it had when a template has none any more', () => {
    const { Properties } = resourceOf(plain, 'AWS::ApiGateway::RestApi');

    expect(Properties['Policy']).toMatchObject({
      Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: 'execute-api:/*', Principal: { AWS: '*' } }],
    });
  });
});

describe('the web ACL', () => {
  it('stands before the stage when it is asked for', () => {
    for (const template of [hardened, shared]) {
      const [association] = resourcesOf(template, 'AWS::WAFv2::WebACLAssociation');
      expect(JSON.stringify(association?.Properties['ResourceArn'])).toMatch(/:apigateway:.*\/restapis\/.*\/stages\//);
    }
    plain.resourceCountIs('AWS::WAFv2::WebACL', 0);
    plain.resourceCountIs('AWS::WAFv2::WebACLAssociation', 0);
  });

  it('may be one that is there already', () => {
    shared.resourceCountIs('AWS::WAFv2::WebACL', 0);
    shared.hasResourceProperties('AWS::WAFv2::WebACLAssociation', { WebACLArn: SHAPES['shared']?.['waf'] });
  });

  it('lets in what identity providers send: no User-Agent, large groups, long filters', () => {
    hardened.hasResourceProperties('AWS::WAFv2::WebACL', {
      DefaultAction: { Allow: {} },
      Rules: Match.arrayWith([
        Match.objectLike({
          Statement: {
            ManagedRuleGroupStatement: {
              VendorName: 'AWS',
              Name: 'AWSManagedRulesCommonRuleSet',
              RuleActionOverrides: ['NoUserAgent_HEADER', 'SizeRestrictions_BODY', 'SizeRestrictions_QUERYSTRING'].map((Name) => ({
                Name,
                ActionToUse: { Count: {} },
              })),
            },
          },
        }),
      ]),
    });
  });

  it('lets one address have all that the tenant is allowed, and no more', () => {
    const acl = templateOf({ waf: 'own', throttling: { requestsPerSecond: 50, burst: 100 } });

    acl.hasResourceProperties('AWS::WAFv2::WebACL', {
      Rules: Match.arrayWith([
        Match.objectLike({
          Action: { Block: {} },
          Statement: { RateBasedStatement: { AggregateKeyType: 'IP', EvaluationWindowSec: 300, Limit: 15_000 } },
        }),
      ]),
    });
  });

  it('keeps no samples of requests, which carry tokens', () => {
    const [acl] = resourcesOf(hardened, 'AWS::WAFv2::WebACL');

    expect(JSON.stringify(acl).match(/"SampledRequestsEnabled":(true|false)/g)).toEqual(Array(4).fill('"SampledRequestsEnabled":false'));
  });
});

describe('a key of the tenant’s', () => {
  const own = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] };
  const brought = SHAPES['shared']?.['encryptionKey'];

  it.each([
    ['its own', hardened, own],
    ['one that is there already', shared, brought],
  ])('encrypts table, secret, logs, queues and the bus: %s', (_title, template, key) => {
    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      Replicas: [Match.objectLike({ SSESpecification: { KMSMasterKeyId: key } })],
    });
    template.allResourcesProperties('AWS::SecretsManager::Secret', { KmsKeyId: key });
    template.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: key });
    template.allResourcesProperties('AWS::SQS::Queue', { KmsMasterKeyId: key });
    template.allResourcesProperties('AWS::Events::EventBus', { KmsKeyIdentifier: key });
  });

  it('turns every year, and outlives its stack in production', () => {
    hardened.hasResource('AWS::KMS::Key', { Properties: { EnableKeyRotation: true }, DeletionPolicy: 'Retain' });
    templateOf({ encryptionKey: 'own', environment: 'dev' }).hasResource('AWS::KMS::Key', { DeletionPolicy: 'Delete' });
    shared.resourceCountIs('AWS::KMS::Key', 0);
  });

  it('decrypts for nobody but through the services that store, for the stack’s own log groups, and for its bus and schedule', () => {
    const { Properties } = resourceOf(hardened, 'AWS::KMS::Key');
    const { Statement: statements } = Properties['KeyPolicy'] as { Statement: { Sid: string; Action: unknown; Condition: object }[] };
    const using = statements.filter(({ Action }) => JSON.stringify(Action).includes('kms:Decrypt'));

    expect(using.map(({ Sid }) => Sid)).toEqual(['UseThroughServices', 'Logs', 'EventBridge']);
    expect(JSON.stringify(using.map(({ Condition }) => Condition))).toMatch(/ViaService.*log-group:scim-hardened-\*.*SourceAccount/);
    expect(JSON.stringify(statements.map(({ Action }) => Action))).not.toContain('*');
  });

  it('is not there unless it is asked for', () => {
    plain.resourceCountIs('AWS::KMS::Key', 0);
    plain.hasResourceProperties('AWS::DynamoDB::GlobalTable', { SSESpecification: Match.absent() });
    plain.hasResourceProperties('AWS::Events::EventBus', { KmsKeyIdentifier: Match.absent() });
  });
});

describe('concurrency', () => {
  const reservedIn = (template: typeof plain) =>
    resourcesOf(template, 'AWS::Lambda::Function').map(({ Properties }) => Properties['ReservedConcurrentExecutions']);

  it('is reserved by the kind of function', () => {
    expect(reservedIn(hardened).toSorted()).toEqual([2, 20, 20, 20, 20, 20, 20, 20, 5, 5]);
  });

  it('is the account’s unless it is given', () => {
    expect(reservedIn(plain).filter((reserved) => reserved !== undefined)).toEqual([]);
  });
});

describe('throttling', () => {
  it('leaves room for 50 requests a second unless it is given', () => {
    const { Properties } = resourceOf(plain, 'AWS::ApiGateway::Stage');
    const [settings] = Properties['MethodSettings'] as { ThrottlingRateLimit: number; ThrottlingBurstLimit: number }[];

    expect(settings?.ThrottlingRateLimit).toBeGreaterThanOrEqual(50);
    expect(settings?.ThrottlingBurstLimit).toBeGreaterThanOrEqual(50);
  });
});

describe('tags', () => {
  it('are on everything that data or cost hangs on, with the tenant’s name', () => {
    const tags = Match.arrayWith([
      { Key: 'cost-centre', Value: '4711' },
      { Key: 'scim-tenant', Value: 'hardened' },
    ]);

    for (const type of ['Lambda::Function', 'SecretsManager::Secret', 'Logs::LogGroup', 'SQS::Queue', 'ApiGateway::RestApi', 'KMS::Key']) {
      hardened.allResourcesProperties(`AWS::${type}`, { Tags: tags });
    }
    hardened.hasResourceProperties('AWS::DynamoDB::GlobalTable', { Replicas: [Match.objectLike({ Tags: tags })] });
  });
});
