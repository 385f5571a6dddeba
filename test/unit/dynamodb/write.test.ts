import { describe, expect, it } from '@jest/globals';
import { allOf, anyOf, isAbove, isAbsent, isBelow, isEqual, isPresent } from '../../../src/dynamodb/condition.ts';
import { transactItem, updateRequest } from '../../../src/dynamodb/write.ts';

const key = { pk: 'User#0', sk: 'id' };

describe('updateRequest', () => {
  it('sets, removes and adds in one expression of placeholders', () => {
    const request = updateRequest('table', { kind: 'update', key, set: { display: 'Zoë', mark: undefined }, add: { version: 1 } });

    expect(request).toMatchObject({
      UpdateExpression: 'SET #display = :display REMOVE #mark ADD #version :version',
      ExpressionAttributeNames: { '#display': 'display', '#mark': 'mark', '#version': 'version' },
      ExpressionAttributeValues: { ':display': { S: 'Zoë' }, ':version': { N: '1' } },
    });
    expect(request).not.toHaveProperty('ConditionExpression');
  });

  it('keeps what it sets apart from what it finds', () => {
    const request = updateRequest('table', { kind: 'update', key, set: { version: 8 }, condition: isEqual('version', 7) });

    expect(request).toMatchObject({
      ConditionExpression: '#version = :versionIs',
      ExpressionAttributeValues: { ':version': { N: '8' }, ':versionIs': { N: '7' } },
    });
  });
});

describe('transactItem', () => {
  it('stamps every new item with the version of its shape', () => {
    expect(transactItem('table', { kind: 'put', key, attributes: {} }).Put?.Item).toMatchObject({ schemaVersion: { N: '1' } });
  });

  it('leaves out values where a condition has none', () => {
    const { ConditionCheck } = transactItem('table', { kind: 'check', key, condition: isPresent });

    expect(ConditionCheck).toEqual({
      TableName: 'table',
      Key: { pk: { S: 'User#0' }, sk: { S: 'id' } },
      ConditionExpression: 'attribute_exists(#pk)',
      ExpressionAttributeNames: { '#pk': 'pk' },
    });
  });

  it('joins conditions', () => {
    const condition = anyOf(isAbsent, allOf(isBelow('ttl', 5), isAbove('lastId', 'a')));

    expect(transactItem('table', { kind: 'delete', key, condition }).Delete).toMatchObject({
      ConditionExpression: '(attribute_not_exists(#pk)) OR ((#ttl < :ttlBelow) AND (#lastId > :lastIdAbove))',
      ExpressionAttributeValues: { ':ttlBelow': { N: '5' }, ':lastIdAbove': { S: 'a' } },
    });
  });
});
