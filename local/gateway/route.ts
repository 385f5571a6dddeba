import { CATCH_ALL, type HttpFunction, ROUTES } from '../../src/runtime/routes.ts';

export type Match = {
  readonly function: HttpFunction;
  /** The gateway's resource, `/scim/v2/Users/{id}`. */
  readonly resource: string;
  readonly pathParameters: Readonly<Record<string, string>> | null;
};

type Route = { readonly function: HttpFunction; readonly resource: string; readonly segments: readonly string[] };

/** Compiles the route table for a base path; the result finds the function for a path below the stage, as it was sent. */
export function routesBelow(basePath: string): (path: string) => Match {
  const routes: readonly Route[] = ROUTES.flatMap(({ function: name, paths }) =>
    paths.map((path) => ({ function: name, resource: basePath + path, segments: (basePath + path).split('/') })),
  );
  return (path) => {
    for (const route of routes) {
      const pathParameters = matchSegments(route.segments, path.split('/'));
      if (pathParameters !== undefined) return { function: route.function, resource: route.resource, pathParameters };
    }
    return catchAll(path);
  };
}

/** The parameters when the path fits (null: it fits and has none), undefined when it does not. */
function matchSegments(pattern: readonly string[], segments: readonly string[]): Match['pathParameters'] | undefined {
  if (pattern.length !== segments.length) return undefined;
  let parameters: Match['pathParameters'] = null;
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (!expected.startsWith('{')) {
      if (segment !== expected) return undefined;
    } else if (segment === '') return undefined;
    else parameters = { ...(parameters ?? {}), [expected.slice(1, -1)]: decodeParameter(segment) };
  }
  return parameters;
}

const catchAll = (path: string): Match =>
  path === '' || path === '/'
    ? { function: CATCH_ALL, resource: '/', pathParameters: null }
    : { function: CATCH_ALL, resource: '/{proxy+}', pathParameters: { proxy: decodeParameter(path.slice(1)) } };

/**
 * Decodes a path parameter as a REST API does: once, after which what may not stand in a URI at all is encoded again.
 * So `%3A` and `%23` arrive as `:` and `#`, but `%20` and `%00` as they were sent; AWS's own Lambda test tool, which is
 * checked against the service, does the same.
 */
const decodeParameter = (sent: string): string => encodeURI(decodeURIComponent(sent));
