import { describe, expect, it } from '@jest/globals';
import { createOnlyOf, type Resources, readReleased } from './released.ts';
import { accountTemplate, type Resource, templateOf } from './synthesised.ts';

/** What holds data, what somebody outside knows by its address or id, and what the account has once. */
const STATEFUL = [
  'AWS::ApiGateway::Account',
  'AWS::ApiGateway::DomainName',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Stage',
  'AWS::ApiGatewayV2::ApiMapping',
  'AWS::DynamoDB::GlobalTable',
  'AWS::Events::EventBus',
  'AWS::KMS::Key',
  'AWS::Logs::LogGroup',
  'AWS::SQS::Queue',
  'AWS::SNS::Topic',
  'AWS::SecretsManager::Secret',
];

/** CloudFormation makes before it deletes, and API Gateway and Lambda refuse a second one that is the same. */
const UNIQUE = [
  'AWS::ApiGateway::GatewayResponse',
  'AWS::ApiGateway::Method',
  'AWS::ApiGateway::Resource',
  'AWS::Lambda::EventSourceMapping',
];

const ofTypes = (types: readonly string[], resources: Resources): readonly (readonly [string, Resource])[] =>
  Object.entries(resources).filter(([, { Type }]) => types.includes(Type));

const fixed = ({ Type, Properties }: Resource): string =>
  JSON.stringify(createOnlyOf(Type).map((path) => [path, path.split('/').reduce<unknown>(valueAt, Properties)]));

const valueAt = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined;

/** Says what becomes of each stateful resource but an update in place. */
function lossesOf(before: Resources, now: Resources): readonly string[] {
  return ofTypes(STATEFUL, before).flatMap(([id, resource]) => {
    const later = now[id];
    if (later?.Type !== resource.Type) return [`${id} (${resource.Type}) is deleted`];
    const moved = fixed(resource) === fixed(later) ? [] : [`${id} (${resource.Type}) is replaced`];
    return later.DeletionPolicy === resource.DeletionPolicy ? moved : [...moved, `${id} (${resource.Type}) is kept otherwise`];
  });
}

/** Says what is made again under another logical id. */
function doublesOf(before: Resources, now: Resources): readonly string[] {
  const made = new Map(ofTypes(UNIQUE, now).map(([id, resource]) => [`${resource.Type} ${fixed(resource)}`, id]));
  return ofTypes(UNIQUE, before).flatMap(([id, resource]) => {
    const other = made.get(`${resource.Type} ${fixed(resource)}`);
    return other === undefined || other === id ? [] : [`${id} is made again as ${other}`];
  });
}

const resourcesNow = (file: Readonly<Record<string, unknown>> | undefined): Resources =>
  (file === undefined ? accountTemplate() : templateOf(file)).toJSON()['Resources'];

describe.each(readReleased().map((released) => [`${released.stack} of ${released.version}`, released] as const))(
  '%s',
  (_title, released) => {
    const now = resourcesNow(released.file);

    it('loses nothing that holds data or is known outside, and has nothing of it replaced', () => {
      expect(ofTypes(STATEFUL, released.resources).length).toBeGreaterThan(0);
      expect(lossesOf(released.resources, now)).toEqual([]);
    });

    it('gets nothing a second time under another id, which would end the upgrade', () => {
      expect(doublesOf(released.resources, now)).toEqual([]);
    });
  },
);

describe('the comparison', () => {
  const table = { Type: 'AWS::DynamoDB::GlobalTable', Properties: { KeySchema: [1] }, DeletionPolicy: 'Retain' };
  const users = { Type: 'AWS::ApiGateway::Resource', Properties: { PathPart: 'Users' } };

  it.each([
    ['another logical id', { Other: table }, ['Table (AWS::DynamoDB::GlobalTable) is deleted']],
    ['another key', { Table: { ...table, Properties: { KeySchema: [2] } } }, ['Table (AWS::DynamoDB::GlobalTable) is replaced']],
    [
      'another deletion policy',
      { Table: { ...table, DeletionPolicy: 'Delete' } },
      ['Table (AWS::DynamoDB::GlobalTable) is kept otherwise'],
    ],
    ['another setting', { Table: { ...table, Properties: { KeySchema: [1], Tags: [] } } }, []],
  ])('sees what %s comes to', (_title, now, expected) => {
    expect(lossesOf({ Table: table }, now)).toEqual(expected);
  });

  it('sees the same path under another id', () => {
    expect(doublesOf({ A: users }, { B: users })).toEqual(['A is made again as B']);
    expect(doublesOf({ A: users }, { A: users, C: { ...users, Properties: { PathPart: 'Groups' } } })).toEqual([]);
  });
});
