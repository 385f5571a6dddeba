import { describe, expect, it } from '@jest/globals';
import { locate } from '../../../lambdas/middleware/location.ts';
import { aGatewayEvent } from '../../support/gateway-event.ts';

describe('locate', () => {
  it('reads the base URL off the default domain, with the stage in front of the base path', () => {
    const event = aGatewayEvent({
      resource: '/scim/v2/Users/{id}',
      pathParameters: { id: 'u-1' },
      path: '/scim/v2/Users/u-1',
      stage: 'acme',
    });

    expect(locate(event, '/scim/v2')).toEqual({ segments: ['Users', 'u-1'], baseUrl: 'https://api.example.com/acme/scim/v2' });
  });

  it('reads it off a custom domain, with another base path or none', () => {
    const mapped = aGatewayEvent({ resource: '/v2/scim/Users', path: '/v2/scim/Users', fullPath: '/tenants/acme/v2/scim/Users' });
    const bare = aGatewayEvent({ resource: '/v2/scim/Users', path: '/v2/scim/Users', fullPath: '/v2/scim/Users' });

    expect(locate(mapped, '/v2/scim').baseUrl).toBe('https://api.example.com/tenants/acme/v2/scim');
    expect(locate(bare, '/v2/scim').baseUrl).toBe('https://api.example.com/v2/scim');
  });

  it('works without a base path', () => {
    const event = aGatewayEvent({ resource: '/Users', path: '/Users', stage: 'scim' });

    expect(locate(event, '')).toEqual({ segments: ['Users'], baseUrl: 'https://api.example.com/scim' });
  });

  it.each([
    ['a doubled slash', 'scim/v2//Users'],
    ['a blank after the base URL', 'scim/v2 /Users'],
    ['a slash at the end', 'scim/v2/Users/'],
    ['a blank at the end', 'scim/v2/Users '],
  ])('passes over %s of a pasted URL', (_what, proxy) => {
    const event = aGatewayEvent({ resource: '/{proxy+}', pathParameters: { proxy }, path: `/${proxy}`, stage: 'acme' });

    expect(locate(event, '/scim/v2')).toEqual({ segments: ['Users'], baseUrl: 'https://api.example.com/acme/scim/v2' });
  });

  it.each(['a/b', 'a%2Fb'])(
    'takes a slash that was sent encoded for a part of the id, also where the gateway hands it over as %s',
    (id) => {
      const event = aGatewayEvent({ resource: '/scim/v2/Users/{id}', pathParameters: { id }, path: '/scim/v2/Users/a%2Fb', stage: 'acme' });

      expect(locate(event, '/scim/v2')).toEqual({ segments: ['Users', 'a%2Fb'], baseUrl: 'https://api.example.com/acme/scim/v2' });
    },
  );

  it('finds no segments outside the base path', () => {
    const event = aGatewayEvent({
      resource: '/{proxy+}',
      pathParameters: { proxy: 'scim/v3/Users' },
      path: '/scim/v3/Users',
      stage: 'acme',
    });

    expect(locate(event, '/scim/v2').segments).toBeUndefined();
  });

  it('takes the public URL where one is set', () => {
    const event = aGatewayEvent({ resource: '/scim/v2/Users', path: '/scim/v2/Users', stage: 'acme' });

    expect(locate(event, '/scim/v2', 'https://tunnel.example.net/x').baseUrl).toBe('https://tunnel.example.net/x');
  });
});
