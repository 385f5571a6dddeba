import { MAX_BODY_BYTES } from './body.ts';
import { MAX_BULK_OPERATIONS } from './bulk/request.ts';
import type { Json, JsonObject } from './json.ts';
import { CURSOR_TIMEOUT_SECONDS, DEFAULT_COUNT, MAX_COUNT } from './query.ts';
import type { Attribute } from './schema/attribute.ts';
import type { ResourceType, Schema } from './schema/resource-type.ts';
import { URN } from './urn.ts';

/** What the service can do beyond the required (RFC 7643 §5). Claim only what works. */
export type Features = {
  readonly patch: boolean;
  /** 0 and 0 for "not offered". */
  readonly bulk: { readonly maxOperations: number; readonly maxPayloadBytes: number };
  readonly filter: { readonly maxResults: number };
  readonly changePassword: boolean;
  readonly sort: boolean;
  readonly etag: boolean;
  /** RFC 9865 §4. */
  readonly pagination: {
    readonly cursor: boolean;
    readonly index: boolean;
    readonly defaultPaginationMethod: 'cursor' | 'index';
    readonly defaultPageSize: number;
    readonly maxPageSize: number;
    /** Seconds. */
    readonly cursorTimeout: number;
  };
};

export const FEATURES: Features = {
  patch: true,
  bulk: { maxOperations: MAX_BULK_OPERATIONS, maxPayloadBytes: MAX_BODY_BYTES },
  filter: { maxResults: MAX_COUNT },
  changePassword: false,
  sort: true,
  etag: true,
  pagination: {
    cursor: true,
    index: true,
    defaultPaginationMethod: 'index',
    defaultPageSize: DEFAULT_COUNT,
    maxPageSize: MAX_COUNT,
    cursorTimeout: CURSOR_TIMEOUT_SECONDS,
  },
};

/** RFC 7643 §5. */
export function renderServiceProviderConfig(baseUrl: string, features: Features = FEATURES): JsonObject {
  const { patch, bulk, filter, changePassword, sort, etag, pagination } = features;
  return {
    schemas: [URN.serviceProviderConfig],
    patch: { supported: patch },
    bulk: { supported: bulk.maxOperations > 0, maxOperations: bulk.maxOperations, maxPayloadSize: bulk.maxPayloadBytes },
    filter: { supported: filter.maxResults > 0, maxResults: filter.maxResults },
    changePassword: { supported: changePassword },
    sort: { supported: sort },
    etag: { supported: etag },
    pagination,
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'OAuth Bearer Token',
        description: 'Send the token issued for this application in the Authorization header.',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
      {
        type: 'oauth2',
        name: 'OAuth 2.0 Client Credentials',
        description: `Exchange a client secret or an assertion for a bearer token at ${baseUrl}/oauth2/token.`,
        specUri: 'https://www.rfc-editor.org/info/rfc6749',
        primary: false,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
  };
}

/** RFC 7643 §6. */
export const renderResourceType = ({ name, description, endpoint, schema, extensions }: ResourceType, baseUrl: string): JsonObject => ({
  schemas: [URN.resourceType],
  id: name,
  name,
  description,
  endpoint,
  schema: schema.id,
  ...(extensions.length > 0 && {
    schemaExtensions: extensions.map((extension) => ({ schema: extension.schema.id, required: extension.required })),
  }),
  meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${name}` },
});

/** RFC 7643 §7. */
export const renderSchema = ({ id, name, description, attributes }: Schema, baseUrl: string): JsonObject => ({
  schemas: [URN.schema],
  id,
  name,
  description,
  attributes: attributes.map(renderAttribute),
  meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${id}` },
});

/** An attribute's characteristics, the optional ones only where they are set: Entra ID refuses a schema with null in it. */
function renderAttribute({ subAttributes, maxBytes: _ours, ...characteristics }: Attribute): { readonly [name: string]: Json } {
  return { ...characteristics, ...(subAttributes && { subAttributes: subAttributes.map(renderAttribute) }) };
}
