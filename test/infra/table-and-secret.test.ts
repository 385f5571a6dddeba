import { describe, expect, it } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { TABLE_SCHEMA, TTL_ATTRIBUTE } from '../../src/dynamodb/table.ts';
import { resourceOf, templateOf } from './synthesised.ts';

const TABLE = 'AWS::DynamoDB::GlobalTable';
const SECRET = 'AWS::SecretsManager::Secret';

describe('the table', () => {
  it('has the keys and the expiry attribute that its adapter reads and writes', () => {
    templateOf().hasResourceProperties(TABLE, {
      ...TABLE_SCHEMA,
      TimeToLiveSpecification: { AttributeName: TTL_ATTRIBUTE, Enabled: true },
    });
  });

  it('has no secondary index, because one cannot be read consistently', () => {
    templateOf().hasResourceProperties(TABLE, { GlobalSecondaryIndexes: Match.absent() });
  });

  it('streams old and new images', () => {
    templateOf().hasResourceProperties(TABLE, { StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' } });
  });

  it('can be restored to any point in time', () => {
    templateOf().hasResourceProperties(TABLE, {
      Replicas: [Match.objectLike({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } })],
    });
  });

  it('outlives its stack in production, and refuses to be deleted', () => {
    const template = templateOf({ environment: 'production' });

    template.hasResource(TABLE, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    template.hasResourceProperties(TABLE, { Replicas: [Match.objectLike({ DeletionProtectionEnabled: true })] });
  });

  it('goes with its stack in dev', () => {
    const template = templateOf({ environment: 'dev' });

    template.hasResource(TABLE, { DeletionPolicy: 'Delete' });
    template.hasResourceProperties(TABLE, { Replicas: [Match.objectLike({ DeletionProtectionEnabled: false })] });
  });
});

describe('the secret', () => {
  it('has no value in the template, which a later deployment would write over the live tokens', () => {
    const { Properties } = resourceOf(templateOf(), SECRET);

    expect(Object.keys(Properties)).toEqual(['Description', 'Tags']);
  });

  it('outlives its stack in production', () => {
    templateOf({ environment: 'production' }).hasResource(SECRET, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  it('goes with its stack in dev', () => {
    templateOf({ environment: 'dev' }).hasResource(SECRET, { DeletionPolicy: 'Delete' });
  });
});

describe('what holds data', () => {
  it.each(['production', 'dev'])('keeps its logical id in %s, since another id is another, empty table', (environment) => {
    const template = templateOf({ environment });

    expect(Object.keys(template.findResources(TABLE))).toEqual(['Table7ABB320E']);
    expect(Object.keys(template.findResources(SECRET))).toEqual(['TokenSecret75569B26']);
  });
});
