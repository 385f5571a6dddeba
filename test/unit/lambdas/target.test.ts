import { describe, expect, it } from '@jest/globals';
import { findTarget, requireMethod, routeOf } from '../../../lambdas/middleware/target.ts';
import { REGISTRY } from '../../../src/scim/schema/resource-types.ts';

describe('findTarget', () => {
  it.each([
    [['Users'], '/Users'],
    [['Users', 'some-id'], '/Users/{id}'],
    [['Groups'], '/Groups'],
    [['ServiceProviderConfig'], '/ServiceProviderConfig'],
    [['Schemas'], '/Schemas'],
    [['Schemas', 'urn:x'], '/Schemas/{id}'],
    [['ResourceTypes', 'User'], '/ResourceTypes/{id}'],
    [[], '/'],
    [['Me'], '/Me'],
    [['Bulk'], '/Bulk'],
    [['.search'], '/.search'],
    [['Groups', '.search'], '/Groups/.search'],
  ])('leads %j to the route %s', (segments, route) => {
    expect(routeOf(findTarget(segments, REGISTRY))).toBe(route);
  });

  it.each([
    [undefined],
    [['users']],
    [['Bulk', 'x']],
    [['Users', 'a', 'b']],
    [['ServiceProviderConfig', 'x']],
    [['__proto__']],
    [['constructor', 'x']],
  ])('finds nothing at %j, and says what there is', (segments) => {
    expect(() => findTarget(segments, REGISTRY)).toThrow(
      expect.objectContaining({ kind: 'notFound', message: expect.stringContaining('/Users') }),
    );
  });
});

describe('requireMethod', () => {
  it('refuses a method the target does not take, and lists those it does', () => {
    const collection = findTarget(['Users'], REGISTRY);

    expect(() => requireMethod('DELETE', collection)).toThrow(
      expect.objectContaining({ kind: 'methodNotAllowed', headers: { Allow: 'GET, POST' } }),
    );
  });

  it('takes the methods of a resource', () => {
    const resource = findTarget(['Groups', 'id'], REGISTRY);

    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) expect(() => requireMethod(method, resource)).not.toThrow();
  });
});
