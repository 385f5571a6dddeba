import { describe, expect, it } from '@jest/globals';
import { type SentRequest, toEvent } from '../../local/gateway/event.ts';
import { routesBelow } from '../../local/gateway/route.ts';

const ARRIVAL = { stage: 'example', requestId: 'r-1', atMs: 1_000 };
const routeOf = routesBelow('/scim/v2');

const aRequest = (given: Partial<SentRequest>): SentRequest => ({
  method: 'GET',
  path: '/example/scim/v2/Users',
  query: '',
  headers: [['Host', '127.0.0.1:8080']],
  body: Buffer.alloc(0),
  sourceIp: '127.0.0.1',
  ...given,
});

const eventOf = (given: Partial<SentRequest>) => {
  const request = aRequest(given);
  return toEvent(request, routeOf(request.path.slice('/example'.length)), ARRIVAL);
};

describe('path', () => {
  it('reaches the function without its stage, and the request context with it', () => {
    const event = eventOf({ path: '/example/scim/v2/Users/42' });

    expect(event).toMatchObject({
      path: '/scim/v2/Users/42',
      resource: '/scim/v2/Users/{id}',
      pathParameters: { id: '42' },
      requestContext: { path: '/example/scim/v2/Users/42', stage: 'example', requestId: 'r-1', domainName: '127.0.0.1' },
    });
  });

  it('is passed on as it was sent', () => {
    expect(eventOf({ path: '/example/scim/v2/Users/a%2Fb' }).path).toBe('/scim/v2/Users/a%2Fb');
  });
});

describe('query string', () => {
  it.each([
    ['filter=userName+eq+%22a%2Bb%22', { filter: 'userName eq "a+b"' }],
    ['filter=x&', { filter: 'x' }],
    ['&&count=1', { count: '1' }],
    ['filter=a%2520b', { filter: 'a%20b' }],
    ['filter=a=b', { filter: 'a=b' }],
    ['flag', { flag: '' }],
  ])('%s is decoded once', (query, expected) => {
    expect(eventOf({ query }).queryStringParameters).toEqual(expected);
  });

  it('keeps each value of a repeated parameter, the last one being the single value', () => {
    const event = eventOf({ query: 'count=1&count=2' });

    expect(event.multiValueQueryStringParameters).toEqual({ count: ['1', '2'] });
    expect(event.queryStringParameters).toEqual({ count: '2' });
  });

  it.each(['', '&'])('is null when there is nothing in it: "%s"', (query) => {
    const event = eventOf({ query });

    expect(event.queryStringParameters).toBeNull();
    expect(event.multiValueQueryStringParameters).toBeNull();
  });

  it('may name a parameter __proto__ without touching anything else', () => {
    const event = eventOf({ query: '__proto__=x' });

    expect(Object.entries(event.queryStringParameters ?? {})).toEqual([['__proto__', 'x']]);
    expect(Object.getPrototypeOf(event.queryStringParameters)).toBe(Object.prototype);
  });

  it.each(['a=%', 'a=%zz', '%ff=1'])('%s encodes nothing and is refused', (query) => {
    expect(() => eventOf({ query })).toThrow(URIError);
  });
});

describe('headers', () => {
  it('keep their names as sent and all their values', () => {
    const event = eventOf({
      headers: [
        ['X-Two', 'a'],
        ['X-Two', 'b'],
      ],
    });

    expect(event.multiValueHeaders['X-Two']).toEqual(['a', 'b']);
    expect(event.headers['X-Two']).toBe('b');
  });

  it('that claim an address do not change the source address', () => {
    const event = eventOf({ headers: [['X-Forwarded-For', '203.0.113.9']] });

    expect(event.requestContext.identity.sourceIp).toBe('127.0.0.1');
    expect(event.headers['X-Forwarded-For']).toBe('203.0.113.9, 127.0.0.1');
  });
});

describe('body', () => {
  it('is text, or null when there is none', () => {
    expect(eventOf({ body: Buffer.from('{"é":1}') }).body).toBe('{"é":1}');
    expect(eventOf({}).body).toBeNull();
  });
});
