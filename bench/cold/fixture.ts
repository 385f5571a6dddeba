import { randomBytes } from 'node:crypto';
import { printCredentialList } from '../../src/access/credential-list.ts';
import { hashOf } from '../../src/access/credentials/digest.ts';
import { newToken } from '../../src/access/token.ts';
import { type Item, marshal } from '../../src/dynamodb/item.ts';
import { keyOf } from '../../src/dynamodb/keys.ts';
import { resourceRow } from '../../src/dynamodb/rows.ts';
import { SCHEMA_VERSION } from '../../src/dynamodb/table.ts';

const ID = '019aa000-0000-7000-8000-000000000001';
const AT = '2026-01-01T00:00:00.000Z';
const TOKEN = newToken(randomBytes);

/** What the vault holds: the one credential that the request presents. */
export const SECRET_STRING = printCredentialList({
  credentials: [
    {
      id: 'bench',
      application: 'default',
      name: 'bench',
      kind: 'token',
      hash: hashOf(TOKEN),
      createdAt: AT,
      expiresAt: null,
      scope: 'full',
    },
  ],
  unreadable: [],
});

/** The one item of the table: the user that the request asks for. */
export const USER: Item = marshal({
  ...keyOf.resource('User', ID),
  schemaVersion: SCHEMA_VERSION,
  ...resourceRow(
    {
      type: 'User',
      id: ID,
      version: 1,
      created: AT,
      lastModified: AT,
      createdBy: 'default',
      externalIds: { default: 'c5a7' },
      attributes: {
        userName: 'bjensen@example.com',
        displayName: 'Barbara Jensen',
        name: { givenName: 'Barbara', familyName: 'Jensen' },
        emails: [{ type: 'work', value: 'bjensen@example.com', primary: true }],
        active: true,
      },
    },
    { requestId: 'bench', application: 'default', at: AT, paths: ['userName'] },
  ),
});

const PATH = `/bench/scim/v2/Users/${ID}`;
const HEADERS = { Authorization: `Bearer ${TOKEN}`, Accept: 'application/scim+json', Host: 'bench.example.com' };

/** `GET /Users/<id>`, as API Gateway hands it on. */
export const EVENT = {
  resource: '/scim/v2/Users/{id}',
  path: `/scim/v2/Users/${ID}`,
  httpMethod: 'GET',
  headers: HEADERS,
  multiValueHeaders: Object.fromEntries(Object.entries(HEADERS).map(([name, value]) => [name, [value]])),
  queryStringParameters: null,
  multiValueQueryStringParameters: null,
  pathParameters: { id: ID },
  stageVariables: null,
  requestContext: {
    requestId: '00000000-0000-4000-8000-000000000001',
    httpMethod: 'GET',
    stage: 'bench',
    path: PATH,
    resourcePath: '/scim/v2/Users/{id}',
    domainName: 'bench.example.com',
    identity: { sourceIp: '127.0.0.1' },
  },
  body: null,
  isBase64Encoded: false,
} as const;
