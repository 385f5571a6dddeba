import { beforeEach, describe, expect, it } from '@jest/globals';
import { idOf, operationLines, patch, postGroup, postUser, resultsOf, sendBulk, statusesOf, USER } from '../support/bulk.ts';
import { readTable } from '../support/dynamodb-table.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';

let endpoint: Endpoint;

const create = async (userName: string): Promise<string> =>
  (await endpoint.send('POST', '/Users', { body: { schemas: [USER], userName } })).json.id;

const read = async (path: string) => (await endpoint.send('GET', path)).json;

beforeEach(async () => {
  endpoint = await openEndpoint();
});

describe('a bulk request', () => {
  it('does what each method does, one after another, and shows where and at what version it left the resource', async () => {
    const [ada, bob, eve] = [await create('ada'), await create('bob'), await create('eve')];

    const answer = await sendBulk(endpoint, [
      postUser('new'),
      { method: 'PUT', path: `/Users/${ada}`, data: { schemas: [USER], userName: 'ada', title: 'Countess' } },
      patch(`/Users/${bob}`, { op: 'replace', path: 'nickName', value: 'Bobby' }),
      { method: 'DELETE', path: `/Users/${eve}` },
    ]);

    const base = 'https://api.example.com/acme/scim/v2';
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'],
      Operations: [
        { method: 'POST', bulkId: 'new', location: `${base}/Users/${idOf(answer, 0)}`, version: 'W/"1"', status: '201' },
        { method: 'PUT', location: `${base}/Users/${ada}`, version: 'W/"2"', status: '200' },
        { method: 'PATCH', location: `${base}/Users/${bob}`, version: 'W/"2"', status: '204' },
        { method: 'DELETE', location: `${base}/Users/${eve}`, status: '204' },
      ],
    });
    expect(await read(`/Users/${idOf(answer, 0)}`)).toMatchObject({ userName: 'new' });
    expect(await read(`/Users/${ada}`)).toMatchObject({ title: 'Countess' });
    expect(await read(`/Users/${bob}`)).toMatchObject({ nickName: 'Bobby' });
    expect((await endpoint.send('GET', `/Users/${eve}`)).status).toBe(404);
  });

  it('takes names in any case, and methods too', async () => {
    const { status, json } = await endpoint.send('POST', '/Bulk', {
      body: {
        SCHEMAS: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
        FAILONERRORS: 1,
        operations: [{ Method: 'post', PATH: 'Users/', BulkId: 'x', Data: { schemas: [USER], userName: 'x' } }],
      },
    });

    expect([status, json.Operations[0].status, json.Operations[0].method]).toEqual([200, '201', 'POST']);
  });

  it('goes on after an operation that failed', async () => {
    await create('taken');

    const answer = await sendBulk(endpoint, [postUser('taken'), { method: 'DELETE', path: '/Users/nobody' }, postUser('free')]);

    expect(statusesOf(answer)).toEqual(['409', '404', '201']);
    expect(resultsOf(answer)[0]).not.toHaveProperty('location');
    expect(resultsOf(answer)[0]?.response).toMatchObject({ status: '409', scimType: 'uniqueness' });
    expect(resultsOf(answer)[1]).toMatchObject({
      location: 'https://api.example.com/acme/scim/v2/Users/nobody',
      response: { status: '404' },
    });
    expect(answer.text).toContain(`(request ${answer.line.requestId})`);
  });

  it.each([
    [1, ['201', '409']],
    [2, ['201', '409', '201', '404']],
    [3, ['201', '409', '201', '404', '201']],
  ])('ends after %i errors where failOnErrors says so, and leaves out what was not attempted', async (failOnErrors, statuses) => {
    await create('taken');
    const operations = [postUser('a'), postUser('taken'), postUser('b'), { method: 'DELETE', path: '/Users/nobody' }, postUser('c')];

    const answer = await sendBulk(endpoint, operations, { failOnErrors });

    expect(statusesOf(answer)).toEqual(statuses);
    expect((await read('/Users')).totalResults).toBe(1 + statuses.filter((status) => status === '201').length);
  });

  it('makes a change conditional on the version it names', async () => {
    const ada = await create('ada');
    const rename = { op: 'replace', path: 'title', value: 'Countess' };

    const answer = await sendBulk(endpoint, [
      { ...patch(`/Users/${ada}`, rename), version: 'W/"7"' },
      { ...patch(`/Users/${ada}`, rename), version: 'W/"1"' },
      { method: 'PUT', path: `/Users/${ada}`, version: 'W/"1"', data: { schemas: [USER], userName: 'ada' } },
      { method: 'DELETE', path: `/Users/${ada}`, version: 'W/"1"' },
      { method: 'DELETE', path: `/Users/${ada}`, version: 'W/"2"' },
    ]);

    expect(statusesOf(answer)).toEqual(['412', '204', '412', '412', '204']);
  });

  it('shows the version of a change that changed nothing, too', async () => {
    const ada = await create('ada');

    const [result] = resultsOf(await sendBulk(endpoint, [patch(`/Users/${ada}`, { op: 'replace', path: 'userName', value: 'ada' })]));

    expect(result).toMatchObject({ status: '204', version: 'W/"1"' });
  });

  it.each([
    ['an unknown method', { method: 'GET', path: '/Users/x' }, 'invalidSyntax', /method.*POST, PUT, PATCH, DELETE/],
    ['no method', { path: '/Users' }, 'invalidSyntax', /method/],
    ['a path to no endpoint', { method: 'POST', path: '/Nothing', bulkId: 'x', data: {} }, 'invalidPath', /\/Users, \/Groups/],
    ['a path to a description of the service', { method: 'DELETE', path: '/Schemas/x' }, 'invalidPath', /\/Users\/<id>/],
    ['no path', { method: 'DELETE' }, 'invalidPath', /path/],
    ['a POST to a resource', { ...postUser('x'), path: '/Users/1' }, 'invalidPath', /\/Users, \/Groups/],
    ['a PUT of an endpoint', { method: 'PUT', path: '/Users', data: {} }, 'invalidPath', /\/Users\/<id>/],
    ['a path with a query', { method: 'DELETE', path: '/Users?filter=x' }, 'invalidPath', /path/],
    ['a path too long', { method: 'DELETE', path: '/Users/1/2' }, 'invalidPath', /path/],
    ['no data', { method: 'PUT', path: '/Users/1' }, 'invalidSyntax', /data/],
    ['data that is no object', { ...postUser('x'), data: 'userName' }, 'invalidSyntax', /data/],
    ['a POST without bulkId', { method: 'POST', path: '/Users', data: {} }, 'invalidValue', /bulkId/],
    ['an empty bulkId', postUser(''), 'invalidValue', /bulkId/],
    ['a repeated bulkId', { ...postUser('first'), data: { userName: 'other' } }, 'invalidValue', /Operations\[0\].*same bulkId/],
    ['a version that is no text', { method: 'DELETE', path: '/Users/1', version: 1 }, 'invalidSyntax', /version/],
    ['a reference to nothing', { method: 'DELETE', path: '/Users/bulkId:nobody' }, 'invalidValue', /bulkId that no POST/],
    ['data that does not fit the schema', { ...postUser('x'), data: { schemas: [USER] } }, 'invalidValue', /userName/],
  ])('refuses an operation with %s, and only that', async (_, operation, scimType, detail) => {
    const answer = await sendBulk(endpoint, [postUser('first'), operation, postUser('last')]);

    expect(statusesOf(answer)).toEqual(['201', '400', '201']);
    expect(resultsOf(answer)[1]?.response).toMatchObject({ status: '400', scimType });
    expect(resultsOf(answer)[1]?.response?.detail).toMatch(detail);
  });

  it.each([
    ['no list of operations', { Operations: { method: 'POST' } }, /Operations must be a list/],
    ['no operations', {}, /Operations must be a list/],
    ['an empty list', { Operations: [] }, /must not be empty/],
    ['an operation that is no object', { Operations: [postUser('x'), 'POST'] }, /Operations\[1\] must be an object/],
    ['a failOnErrors that is no number', { Operations: [postUser('x')], failOnErrors: '1' }, /failOnErrors must be a whole number/],
    ['a failOnErrors of 0', { Operations: [postUser('x')], failOnErrors: 0 }, /failOnErrors must be 1 or more/],
    ['a failOnErrors of 1.5', { Operations: [postUser('x')], failOnErrors: 1.5 }, /failOnErrors must be a whole number/],
    ['another schema', { schemas: [USER], Operations: [postUser('x')] }, /BulkRequest/],
  ])('is refused as a whole with %s, and does nothing', async (_, body, detail) => {
    const answer = await endpoint.send('POST', '/Bulk', {
      body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], ...body },
    });

    expect([answer.status, answer.json.scimType]).toEqual([400, 'invalidSyntax']);
    expect(answer.json.detail).toMatch(detail);
    expect((await read('/Users')).totalResults).toBe(0);
  });

  it('may lack schemas, unless the application is not forgiven that', async () => {
    const strict = await openEndpoint({ policy: { leniencies: [] } });
    const body = { Operations: [postUser('x')] };

    expect((await endpoint.send('POST', '/Bulk', { body })).status).toBe(200);
    expect((await strict.send('POST', '/Bulk', { body })).status).toBe(400);
  });

  it('is not found by another method', async () => {
    const { status, headers } = await endpoint.send('GET', '/Bulk');

    expect([status, headers['allow']]).toEqual([405, 'POST']);
  });

  it('never keeps or logs a password', async () => {
    const ada = await create('ada');

    const answer = await sendBulk(endpoint, [
      postUser('new', { password: 'correct-horse' }),
      { method: 'PUT', path: `/Users/${ada}`, data: { schemas: [USER], userName: 'ada', password: 'correct-horse' } },
      patch(`/Users/${ada}`, { op: 'add', path: 'password', value: 'correct-horse' }),
    ]);

    const items = await readTable(endpoint.table.client, endpoint.table.tableName);
    expect(statusesOf(answer)).toEqual(['201', '200', '204']);
    expect(JSON.stringify([items, endpoint.lines, answer.json])).not.toContain('correct-horse');
  });
});

describe('what a bulk request may do', () => {
  const operations = async () => {
    const ada = await create('ada');
    return [
      postUser('u'),
      postGroup('g'),
      patch(`/Users/${ada}`, { op: 'add', path: 'title', value: 'T' }),
      { method: 'DELETE', path: `/Users/${ada}` },
    ];
  };
  const under = (options: Parameters<typeof openEndpoint>[0]) => openEndpoint({ ...options, openStore: async () => endpoint.table });

  it.each([
    ['an application of users only', { policy: { resourceTypes: ['User'] } }, ['201', '403', '204', '204']],
    ['an application that may not create', { policy: { features: { create: 'refuse' } } }, ['403', '403', '204', '204']],
    ['a credential that may only read', { principal: { scope: 'read' } }, ['403', '403', '403', '403']],
    [
      'an application whose changes are ignored',
      { policy: { features: { update: 'ignore', remove: 'ignore' } } },
      ['201', '201', '204', '204'],
    ],
  ] as const)('is judged operation by operation for %s', async (_, options, statuses) => {
    const sent = await operations();
    const limited = await under(options);

    expect(statusesOf(await sendBulk(limited, sent))).toEqual(statuses);
  });

  it('changes nothing where changes are ignored, and says so in the log', async () => {
    const ada = await create('ada');
    const limited = await under({ policy: { features: { update: 'ignore', remove: 'ignore' } } });

    const answer = await sendBulk(limited, [
      patch(`/Users/${ada}`, { op: 'add', path: 'title', value: 'T' }),
      { method: 'PUT', path: `/Users/${ada}`, data: { schemas: [USER], userName: 'other' } },
      { method: 'DELETE', path: `/Users/${ada}` },
    ]);

    expect(statusesOf(answer)).toEqual(['204', '200', '204']);
    expect(await read(`/Users/${ada}`)).toMatchObject({ userName: 'ada', meta: { version: 'W/"1"' } });
    expect(operationLines(limited.lines).map(({ policy }) => policy)).toEqual(['ignore', 'ignore', 'ignore']);
  });
});

describe('the log of a bulk request', () => {
  it('has a line for each operation beside that of the request', async () => {
    await create('taken');
    const before = endpoint.lines.length;

    const answer = await sendBulk(endpoint, [postUser('new', { shoeSize: 44 }), postUser('taken'), { method: 'FETCH' }]);

    const lines = endpoint.lines.slice(before);
    const common = {
      event: 'bulkOperation',
      requestId: answer.line.requestId,
      tenant: 'acme',
      application: 'default',
      credential: 'credential-1',
    };
    const aimed = { ...common, method: 'POST', route: '/Users', operation: 'create', resourceType: 'User' };
    expect(lines).toEqual([
      { ...aimed, index: 0, status: 201, resourceId: idOf(answer, 0), subject: 'new', changed: ['userName'], ignored: ['shoeSize'] },
      { ...aimed, index: 1, status: 409, subject: 'taken', refusal: 'uniqueness' },
      { ...common, index: 2, status: 400, refusal: 'invalidSyntax' },
      expect.objectContaining({ event: 'request', route: '/Bulk', operation: 'several', status: 200 }),
    ]);
  });

  it('tells what a rename was, and whom a removal was about', async () => {
    const ada = await create('ada');

    await sendBulk(endpoint, [
      patch(`/Users/${ada}`, { op: 'replace', path: 'userName', value: 'countess' }),
      { method: 'DELETE', path: `/Users/${ada}` },
    ]);

    expect(operationLines(endpoint.lines)).toEqual([
      expect.objectContaining({
        route: '/Users/{id}',
        resourceId: ada,
        subject: 'countess',
        previousSubject: 'ada',
        changed: ['userName'],
      }),
      expect.objectContaining({ operation: 'remove', resourceId: ada, subject: 'countess' }),
    ]);
  });
});
