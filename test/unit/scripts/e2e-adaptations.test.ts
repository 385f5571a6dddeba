import { describe, expect, it } from '@jest/globals';
import { ADAPTATIONS, adaptTemplate, type Template } from '../../../scripts/e2e/adaptations.ts';
import type { JsonObject } from '../../../src/scim/json.ts';

const adapt = (Resources: Template['Resources']) => adaptTemplate({ Resources });
const SECRET: JsonObject = { Type: 'AWS::SecretsManager::Secret', Properties: {} };
const DENY_PLAIN: JsonObject = { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };

describe('adaptTemplate', () => {
  it('changes nothing that the emulator understands', () => {
    const Resources = { Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Name: { Ref: 'Other' } } } };

    expect(adapt(Resources)).toEqual({ template: { Resources }, applied: [] });
  });

  it('leaves out resources of types that it does not know', () => {
    expect(adapt({ Query: { Type: 'AWS::Logs::QueryDefinition' } }).template.Resources).toEqual({});
  });

  it('asks for the ARN of a secret, and of nothing else', () => {
    const role = { Type: 'AWS::IAM::Role', Properties: { Resources: [{ Ref: 'Secret' }, { Ref: 'Table' }] } };

    expect(adapt({ Secret: SECRET, Role: role }).template.Resources['Role']).toEqual({
      ...role,
      Properties: { Resources: [{ 'Fn::GetAtt': ['Secret', 'Id'] }, { Ref: 'Table' }] },
    });
  });

  it('takes the demand for TLS out of a policy, and the policy away where it says nothing else', () => {
    const policy = (...Statement: JsonObject[]): JsonObject => ({
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { PolicyDocument: { Statement } },
    });
    const allow = { Effect: 'Allow' };

    expect(adapt({ One: policy(DENY_PLAIN), Two: policy(DENY_PLAIN, allow) }).template.Resources).toEqual({ Two: policy(allow) });
  });

  it('allows batches where it allows their messages', () => {
    const statement = (Action: string[]): JsonObject => ({ Type: 'AWS::IAM::Role', Properties: { Statement: [{ Action }] } });

    expect(adapt({ Role: statement(['sqs:SendMessage', 'dynamodb:Scan']) }).template.Resources['Role']).toEqual(
      statement(['sqs:SendMessage', 'dynamodb:Scan', 'sqs:SendMessageBatch']),
    );
  });

  it('keeps of a filter what it does not want absent', () => {
    const mapping = (Pattern: string): JsonObject => ({ Type: 'AWS::Lambda::EventSourceMapping', Properties: { Filters: [{ Pattern }] } });
    const Pattern = '{"dynamodb":{"NewImage":{"pk":{"S":[{"prefix":"Outbox#"}]},"ttl":{"N":[{"exists":false}]}}}}';

    expect(adapt({ Mapping: mapping(Pattern) }).template.Resources['Mapping']).toEqual(
      mapping('{"dynamodb":{"NewImage":{"pk":{"S":[{"prefix":"Outbox#"}]}}}}'),
    );
  });

  it('says which adaptations there was occasion for', () => {
    expect(adapt({ Users: { Type: 'AWS::Lambda::Function', Properties: {} } }).applied).toEqual([ADAPTATIONS.at(-1)?.name]);
  });
});
