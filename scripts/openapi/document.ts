import type { JsonObject } from '../../src/scim/json.ts';
import type { Registry } from '../../src/scim/schema/resource-type.ts';
import { bulkRequestSchema, bulkResponseSchema } from './bulk-schemas.ts';
import { discoveryPaths, spanningPaths } from './common-paths.ts';
import { component } from './component.ts';
import { discoverySchemas } from './discovery-schemas.ts';
import { eventSchemas, eventsPath } from './events-path.ts';
import { headers } from './headers.ts';
import { errorSchema, listSchema, pageSchema, searchSchema } from './message-schemas.ts';
import { parameters } from './parameters.ts';
import { patchSchema } from './patch-schema.ts';
import { refusalResponses } from './refusals.ts';
import { mePath, resourcePaths } from './resource-paths.ts';
import { resourceSchemas } from './resource-schemas.ts';
import { tokenPath, tokenSchemas } from './token-path.ts';

const DESCRIPTION = `A SCIM 2.0 endpoint (RFC 7643, RFC 7644, RFC 9865).

Rendered from the tables the endpoint runs on. Schemas that an operator adds are not in it: \`/Schemas\` and
\`/ResourceTypes\` of the tenant have them. Names of attributes and parameters are taken in any case; a parameter that is
given twice is refused. Every path answers 401 without a live token, and 405 with \`Allow\` to another method.`;

const securitySchemes: JsonObject = {
  bearer: { type: 'http', scheme: 'bearer', description: 'The token that was made for the application.' },
  oauth2: { type: 'oauth2', description: 'An access token.', flows: { clientCredentials: { tokenUrl: './oauth2/token', scopes: {} } } },
};

/** Renders the OpenAPI 3.1 document of the endpoint with these resource types. */
export const renderDocument = (registry: Registry, version: string): JsonObject => ({
  openapi: '3.1.0',
  info: { title: 'SCIM', version, description: DESCRIPTION, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
  servers: [
    {
      url: '{tenantUrl}',
      variables: { tenantUrl: { default: 'http://127.0.0.1:8080/example/scim/v2', description: "The Tenant URL: the stack's output." } },
    },
  ],
  security: [{ bearer: [] }, { oauth2: [] }],
  paths: {
    ...Object.assign({}, ...registry.map(resourcePaths)),
    ...Object.assign({}, ...registry.filter(({ name }) => name === 'User').map(mePath)),
    ...spanningPaths,
    ...discoveryPaths,
    ...tokenPath,
    ...eventsPath,
  },
  components: {
    securitySchemes,
    schemas: schemas(registry),
    parameters,
    headers,
    responses: refusalResponses,
  },
});

const schemas = (registry: Registry): JsonObject => ({
  ...Object.assign({}, ...registry.map(resourceSchemas)),
  ...Object.fromEntries(registry.map((type) => [`${type.name}Patch`, patchSchema(type)])),
  ...Object.fromEntries(registry.map(({ name, endpoint }) => [`${name}List`, pageSchema(`A page of ${endpoint}.`, schemaRef(name))])),
  ResourceList: pageSchema('A page of resources of any type.', { anyOf: registry.map(({ name }) => schemaRef(name)) }),
  SearchRequest: searchSchema,
  BulkRequest: bulkRequestSchema(registry),
  BulkResponse: bulkResponseSchema,
  Error: errorSchema,
  ...discoverySchemas,
  ...tokenSchemas,
  ...eventSchemas,
  ResourceTypeList: listSchema('Every resource type.', schemaRef('ResourceType')),
  SchemaList: listSchema('Every schema.', schemaRef('Schema')),
});

const schemaRef = (name: string): JsonObject => component(`schemas/${name}`);
