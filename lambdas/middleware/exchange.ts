import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type { Policy } from '../../src/access/policy.ts';
import type { Principal } from '../../src/access/principal.ts';
import type { RequestContext } from '../../src/directory/context.ts';
import type { Usage } from '../../src/directory/ports.ts';
import type { RequestLine } from '../../src/runtime/log.ts';
import { ScimError } from '../../src/scim/errors.ts';
import type { Json, JsonObject } from '../../src/scim/json.ts';
import type { Registry } from '../../src/scim/schema/resource-type.ts';
import type { Target } from './target.ts';

/** What the middleware learns of a request on its way in, step by step; each step writes its own part once. */
export type Exchange = {
  readonly requestId: string;
  readonly now: Date;
  readonly deadlineMs: number;
  readonly usage: Usage;
  principal?: Principal;
  policy?: Policy;
  registry?: Registry;
  target?: Target;
  baseUrl?: string;
  /** What the application's policy makes of the operation. */
  verdict?: 'allow' | 'ignore' | 'empty';
  body?: JsonObject;
  /** What the request line says beside what is known of every request. */
  readonly line: { -readonly [Field in keyof RequestLine]?: RequestLine[Field] };
};

export type ScimEvent = APIGatewayProxyEvent;
export type ScimResult = APIGatewayProxyResult;
export type ScimContext = Context & { exchange: Exchange };

/** A request that has passed every gate. */
export type ScimRequest = {
  readonly method: string;
  readonly target: Target;
  /** The tenant's resource types. */
  readonly registry: Registry;
  readonly parameters: ReadonlyMap<string, string>;
  readonly ifMatch: string | undefined;
  readonly ifNoneMatch: string | undefined;
  readonly verdict: 'allow' | 'ignore' | 'empty';
  /** @throws {ScimError} invalidSyntax — there is none */
  readonly body: () => JsonObject;
  readonly context: RequestContext;
  readonly line: Exchange['line'];
};

export type ScimAnswer = { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: Json };

/** Serves one kind of target; undefined when the target is another's. */
export type Serve = (request: ScimRequest) => Promise<ScimAnswer> | undefined;

export function headerOf(event: ScimEvent, name: string): string | undefined {
  const wanted = name.toLowerCase();
  const found = Object.entries(event.headers ?? {}).find(([candidate]) => candidate.toLowerCase() === wanted);
  return found?.[1] ?? undefined;
}

/**
 * Reads the query string as API Gateway hands it over: decoded once, never again. Names are in lower case: Entra ID
 * sends `startindex`.
 *
 * @throws {ScimError} badRequest — a parameter is repeated, and nothing says which of its values counts
 */
export function parametersOf(event: ScimEvent): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, values = []] of Object.entries(event.multiValueQueryStringParameters ?? {})) {
    const key = name.toLowerCase();
    if (values.length > 1 || parameters.has(key)) {
      throw new ScimError('badRequest', 'A query parameter is given twice; send each one once.');
    }
    parameters.set(key, values[0] ?? '');
  }
  return parameters;
}
