import type { JsonObject } from '../../src/scim/json.ts';
import { answer, operation } from './operation.ts';
import { QUERY } from './parameters.ts';
import { refusals } from './refusals.ts';

/** The paths that span all resource types (RFC 7644 §3.4.2.1, §3.4.3, §3.7). */
export const spanningPaths: JsonObject = {
  '/': {
    get: operation({
      id: 'listAll',
      tag: 'All types',
      summary: 'Query resources of every type; an attribute that a type does not have is unassigned there.',
      parameters: QUERY,
      responses: { 200: answer('A page of what matches.', 'ResourceList'), ...refusals('invalidFilter', 'tooLarge') },
    }),
  },
  '/.search': {
    post: operation({
      id: 'searchAll',
      tag: 'All types',
      summary: 'Query resources of every type, with the parameters in the body.',
      body: 'SearchRequest',
      responses: {
        200: answer('A page of what matches.', 'ResourceList'),
        ...refusals('invalidFilter', 'invalidSyntax', 'tooLarge', 'unsupportedMediaType'),
      },
    }),
  },
  '/Bulk': {
    post: operation({
      id: 'bulk',
      tag: 'All types',
      summary: 'Change several resources in one request; an operation may refer to what another one creates.',
      body: 'BulkRequest',
      responses: {
        200: answer('What became of each operation.', 'BulkResponse'),
        ...refusals('invalidSyntax', 'tooLarge', 'unsupportedMediaType'),
      },
    }),
  },
};

const TAG = 'Discovery';

/** Where the service describes itself (RFC 7644 §4). */
export const discoveryPaths: JsonObject = {
  '/ServiceProviderConfig': {
    get: operation({
      id: 'getServiceProviderConfig',
      tag: TAG,
      summary: 'Read what the service can do.',
      responses: { 200: answer('What the service can do.', 'ServiceProviderConfig'), ...refusals() },
    }),
  },
  ...described('ResourceType', 'resource type'),
  ...described('Schema', 'schema'),
};

function described(name: string, noun: string): JsonObject {
  return {
    [`/${name}s`]: {
      get: operation({
        id: `list${name}s`,
        tag: TAG,
        summary: `Read every ${noun}.`,
        responses: { 200: answer(`Every ${noun}.`, `${name}List`), ...refusals() },
      }),
    },
    [`/${name}s/{id}`]: {
      get: operation({
        id: `get${name}`,
        tag: TAG,
        summary: `Read a ${noun}.`,
        parameters: ['name'],
        responses: { 200: answer(`The ${noun}.`, name), ...refusals('notFound') },
      }),
    },
  };
}
