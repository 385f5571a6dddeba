import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { parseAccount } from '../../lib/account.ts';
import { alarmTopicArnIn } from '../../lib/constructs/alarm-topic.ts';
import { TenantFileError } from '../../lib/tenant.ts';
import { readAccount, readDeployment, readTenants } from '../../lib/tenant-files.ts';
import { foldersOfTests } from '../support/folders-of-tests.ts';
import { accountTemplate, newApp, resourceOf } from './synthesised.ts';

const newFolder = foldersOfTests();

const CERTIFICATE = 'arn:aws:acm:eu-central-1:123456789012:certificate/0c5b0e3a-1f5e-4d11-9a3e-6f0b1f0e7c11';

describe('account.json', () => {
  it('may be left out', () => {
    const folder = newFolder();

    expect(readAccount(folder)).toEqual({ alarmEmails: [], domains: [], tags: {} });
  });

  it('is no tenant’s', () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'account.json'), '{ "alarmEmails": ["ops@example.com"] }');

    expect(readTenants(folder)).toEqual([]);
    expect(readAccount(folder).alarmEmails).toEqual(['ops@example.com']);
  });

  it('is named when it is wrong', () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'account.json'), '{ "alarmEmail": "ops@example.com" }');

    expect(() => readAccount(folder)).toThrow(/account\.json: unknown key "alarmEmail"; did you mean "alarmEmails"\?/);
  });

  it('leaves a tenant no more tags than AWS takes together', () => {
    const folder = newFolder();
    const tags = (prefix: string, count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`${prefix}${at}`, '1']));
    writeFileSync(join(folder, 'account.json'), JSON.stringify({ tags: tags('a', 30) }));
    writeFileSync(join(folder, 'acme.json'), JSON.stringify({ name: 'acme', tags: { ...tags('a', 30), ...tags('t', 10) } }));

    expect(readDeployment(folder).tenants).toHaveLength(1);

    writeFileSync(join(folder, 'acme.json'), JSON.stringify({ name: 'acme', tags: tags('t', 11) }));
    expect(() => readDeployment(folder)).toThrow(
      new TenantFileError('acme.json: "tags": must be at most 40 together with those of account.json, not 41'),
    );
  });

  it.each([
    ['what is no e-mail address', { alarmEmails: ['ops'] }, '"alarmEmails.0": must be an e-mail address'],
    [
      'a domain name with a path',
      { domains: [{ name: 'a.example/x', certificateArn: CERTIFICATE }] },
      '"domains.0.name": must be a domain',
    ],
    [
      'a certificate that is none',
      { domains: [{ name: 'a.example', certificateArn: 'x' }] },
      '"domains.0.certificateArn": must be the ARN',
    ],
    ['a misspelt key of a domain', { domains: [{ name: 'a.example', certificateARN: CERTIFICATE }] }, 'did you mean "certificateArn"?'],
    ['a domain named twice', { domains: [1, 2].map(() => ({ name: 'a.example', certificateArn: CERTIFICATE })) }, 'each domain once'],
    ['a tag that AWS keeps for itself', { tags: { 'aws:x': '1' } }, '"tags": must have keys'],
    ['such a tag in capitals', { tags: { 'AWS:x': '1' } }, '"tags": must have keys'],
    ['a tag with a line break', { tags: { x: 'a\nb' } }, '"tags.x": must be up to 256'],
  ])('is refused for %s', (_title, content, message) => {
    expect(() => parseAccount(content)).toThrow(TenantFileError);
    expect(() => parseAccount(content)).toThrow(message);
  });
});

describe('the topic of alarms', () => {
  const template = accountTemplate({ alarmEmails: ['ops@example.com', 'it@example.com'] });

  it('has a name that tenants’ stacks know without an export', () => {
    const other = new Stack(newApp(), 'Other');
    const arn = other.resolve(alarmTopicArnIn(other));

    template.hasResourceProperties('AWS::SNS::Topic', { TopicName: 'scim-alarms' });
    expect(JSON.stringify(arn)).toMatch(/:sns:.*:scim-alarms"/);
    expect(JSON.stringify(template.toJSON())).not.toContain('"Export"');
  });

  it('asks each address to confirm', () => {
    template.resourceCountIs('AWS::SNS::Subscription', 2);
    template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'ops@example.com' });
  });

  it('takes alarms of this account, and nothing that is not encrypted on its way', () => {
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Action: 'sns:Publish', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Match.objectLike({
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ]),
      },
    });
  });

  it('is there without addresses, for subscribers of another kind', () => {
    accountTemplate().resourceCountIs('AWS::SNS::Topic', 1);
    accountTemplate().resourceCountIs('AWS::SNS::Subscription', 0);
  });
});

describe('a shared domain', () => {
  const domain = { name: 'scim.example.com', certificateArn: CERTIFICATE };

  it('takes TLS 1.2 and above', () => {
    accountTemplate({ domains: [domain] }).hasResourceProperties('AWS::ApiGateway::DomainName', {
      DomainName: 'scim.example.com',
      RegionalCertificateArn: CERTIFICATE,
      EndpointConfiguration: { Types: ['REGIONAL'] },
      SecurityPolicy: 'TLS_1_2',
    });
  });

  it('gets its record where the hosted zone is known, and else says what to make one of', () => {
    const withZone = accountTemplate({ domains: [{ ...domain, hostedZoneId: 'Z0123456789ABC' }] });
    const without = accountTemplate({ domains: [domain] });

    withZone.hasResourceProperties('AWS::Route53::RecordSet', { HostedZoneId: 'Z0123456789ABC', Name: 'scim.example.com', Type: 'A' });
    without.resourceCountIs('AWS::Route53::RecordSet', 0);
    expect(Object.keys(without.findOutputs('*'))).toEqual([expect.stringMatching(/Target/)]);
  });
});

describe('tags of the account', () => {
  it('are those of its resources', () => {
    const { Properties } = resourceOf(accountTemplate({ tags: { owner: 'identity' } }), 'AWS::SNS::Topic');

    expect(Properties['Tags']).toEqual([{ Key: 'owner', Value: 'identity' }]);
  });
});
