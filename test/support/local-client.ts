import type { JsonObject } from '../../src/scim/json.ts';
import { sendHttp } from './local-http.ts';
import type { LocalServer } from './local-process.ts';

export type ScimResponse = {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: JsonObject;
  readonly text: string;
};
export type ScimClient = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<ScimResponse>;

/** Speaks SCIM to a local server; `path` is below the Tenant URL and sent as it stands, a string is sent as the body it is. */
export const scimClient =
  ({ tenantUrl }: Pick<LocalServer, 'tenantUrl'>, token: string): ScimClient =>
  async (method, path, body, headers = {}) => {
    const {
      status,
      headers: answered,
      text,
    } = await sendHttp({
      method,
      url: tenantUrl + path,
      headers: { Authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'Content-Type': 'application/scim+json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status, headers: answered, text, body: text === '' ? {} : JSON.parse(text) };
  };

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
export const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

export const patchOf = (...Operations: readonly unknown[]): JsonObject => JSON.parse(JSON.stringify({ schemas: [PATCH_OP], Operations }));
