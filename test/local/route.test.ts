import { describe, expect, it } from '@jest/globals';
import { routesBelow } from '../../local/gateway/route.ts';

describe('routes below /scim/v2', () => {
  const routeOf = routesBelow('/scim/v2');

  it.each([
    ['/scim/v2/Users', 'users', null],
    ['/scim/v2/Users/42', 'users', { id: '42' }],
    ['/scim/v2/Groups', 'groups', null],
    ['/scim/v2/Schemas/urn%3Aa:b', 'discovery', { id: 'urn:a:b' }],
    ['/scim/v2/ServiceProviderConfig', 'discovery', null],
  ])('%s goes to %s', (path, name, pathParameters) => {
    expect(routeOf(path)).toMatchObject({ function: name, pathParameters });
  });

  it.each([
    ['', null],
    ['/', null],
    ['/scim/v2', { proxy: 'scim/v2' }],
    ['/scim/v2/Users/', { proxy: 'scim/v2/Users/' }],
    ['/scim/v2//Users', { proxy: 'scim/v2//Users' }],
    ['/scim/v2/Users/a/b', { proxy: 'scim/v2/Users/a/b' }],
    ['/scim/v2/users', { proxy: 'scim/v2/users' }],
    ['/Users', { proxy: 'Users' }],
  ])('"%s" goes to the catch-all', (path, pathParameters) => {
    expect(routeOf(path)).toMatchObject({ function: 'catch-all', pathParameters });
  });

  it.each([
    ['a%23b', 'a#b'],
    ['a%2Fb', 'a/b'],
    ['a%00b', 'a%00b'],
    ['a%20b', 'a%20b'],
  ])('an id of %s arrives as %s, as at the real gateway', (sent, id) => {
    expect(routeOf(`/scim/v2/Users/${sent}`).pathParameters).toEqual({ id });
  });
});

describe('routes below an empty base path', () => {
  it('begin right at the stage', () => {
    expect(routesBelow('')('/Users/1')).toEqual({ function: 'users', resource: '/Users/{id}', pathParameters: { id: '1' } });
  });
});
