import { headerOf, type ScimEvent } from './exchange.ts';

/** Where a request was sent to, seen from the tenant's base URL. */
export type Location = {
  /** The path below the base path, cut at its slashes; undefined when it is not below it. */
  readonly segments: readonly string[] | undefined;
  /** Without a trailing slash. */
  readonly baseUrl: string;
};

/**
 * Reads path and base URL off an API Gateway event.
 *
 * What stands before the API's own path is the stage, or the base path of a custom domain: it is whatever
 * `requestContext.path` has in front. Blanks and empty segments come from pasted URLs (`…/v2 /Users`, `…/v2//Users`)
 * and are passed over.
 */
export function locate(event: ScimEvent, basePath: string, publicUrl?: string): Location {
  const own = segmentsOf(fillIn(event.resource, event.pathParameters ?? {}));
  const whole = segmentsOf(event.requestContext.path ?? event.path);
  const prefix = whole.slice(0, Math.max(0, whole.length - own.length));
  const base = segmentsOf(basePath);
  const isBelow = base.every((segment, at) => own[at] === segment);
  return {
    segments: isBelow ? own.slice(base.length) : undefined,
    baseUrl: publicUrl ?? `https://${[hostOf(event), ...prefix, ...base].join('/')}`,
  };
}

/** API Gateway names the domain; what only resembles it may leave it to the Host header. */
const hostOf = (event: ScimEvent): string => event.requestContext.domainName ?? headerOf(event, 'host') ?? '';

/** The gateway decodes path parameters, but not every path it hands over. */
const BLANKS = /^(?:\s|%20)+|(?:\s|%20)+$/g;

const segmentsOf = (path: string): readonly string[] =>
  path
    .split('/')
    .map((segment) => segment.replace(BLANKS, ''))
    .filter((segment) => segment !== '');

/** A slash within what fills one segment was sent encoded: it cuts nothing. */
const fillIn = (template: string, parameters: Readonly<Record<string, string | undefined>>): string =>
  template.replace(/\{([^}+]+)(\+?)\}/g, (_whole, name: string, plus: string) => {
    const value = parameters[name] ?? '';
    return plus === '' ? value.replaceAll('/', '%2F') : value;
  });
