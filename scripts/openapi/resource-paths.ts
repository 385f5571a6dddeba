import type { JsonObject } from '../../src/scim/json.ts';
import type { ResourceType } from '../../src/scim/schema/resource-type.ts';
import { answer, noContent, notModified, operation, resourceAnswer } from './operation.ts';
import { type ParameterName, PROJECTION, QUERY } from './parameters.ts';
import { refusals } from './refusals.ts';

const BODY_REFUSALS = ['invalidSyntax', 'tooLarge', 'unsupportedMediaType'] as const;

/** The paths of one resource type (RFC 7644 §3.2). */
export const resourcePaths = (type: ResourceType): JsonObject => ({
  [type.endpoint]: { get: list(type), post: create(type) },
  [`${type.endpoint}/{id}`]: methodsOf(type, { suffix: type.name, tag: tagOf(type), parameters: ['id'] }),
  [`${type.endpoint}/.search`]: { post: search(type) },
});

/** Whoever is calling (RFC 7644 §3.11), where the application says which user that is. */
export const mePath = (type: ResourceType): JsonObject => ({
  '/Me': methodsOf(type, { suffix: 'Me', tag: 'Me', parameters: [] }),
});

/** `/Users` has its operations under `Users`. */
const tagOf = ({ endpoint }: ResourceType): string => endpoint.slice(1);

const list = (type: ResourceType): JsonObject =>
  operation({
    id: `list${tagOf(type)}`,
    tag: tagOf(type),
    summary: `Query ${tagOf(type)}.`,
    parameters: QUERY,
    responses: { 200: answer('A page of what matches.', `${type.name}List`), ...refusals('invalidFilter', 'tooLarge') },
  });

const search = (type: ResourceType): JsonObject =>
  operation({
    id: `search${tagOf(type)}`,
    tag: tagOf(type),
    summary: `Query ${tagOf(type)}, with the parameters in the body.`,
    body: 'SearchRequest',
    responses: { 200: answer('A page of what matches.', `${type.name}List`), ...refusals('invalidFilter', ...BODY_REFUSALS) },
  });

const create = (type: ResourceType): JsonObject =>
  operation({
    id: `create${type.name}`,
    tag: tagOf(type),
    summary: `Create a ${type.name}.`,
    parameters: PROJECTION,
    body: `${type.name}Body`,
    responses: {
      201: resourceAnswer('It is created.', type.name, linksTo(type)),
      ...refusals('invalidValue', 'uniqueness', ...BODY_REFUSALS),
    },
  });

/** What can be done with the resource that was created. */
const linksTo = ({ name }: ResourceType): JsonObject =>
  Object.fromEntries(
    ['get', 'replace', 'patch', 'delete'].map((verb) => [
      `${verb}${name}`,
      { operationId: `${verb}${name}`, parameters: { id: '$response.body#/id' } },
    ]),
  );

type Place = { readonly suffix: string; readonly tag: string; readonly parameters: readonly ParameterName[] };

function methodsOf(type: ResourceType, { suffix, tag, parameters }: Place): JsonObject {
  const missing = suffix === 'Me' ? (['notFound', 'notImplemented'] as const) : (['notFound'] as const);
  const it = suffix === 'Me' ? 'the user who calls' : `a ${type.name}`;
  const changed = ['invalidValue', 'uniqueness', 'preconditionFailed', ...BODY_REFUSALS] as const;
  const whole = resourceAnswer('As it is now.', type.name);
  return {
    get: operation({
      id: `get${suffix}`,
      tag,
      summary: `Read ${it}.`,
      parameters: [...parameters, ...PROJECTION, 'ifNoneMatch'],
      responses: { 200: whole, 304: notModified, ...refusals(...missing, 'tooLarge') },
    }),
    put: operation({
      id: `replace${suffix}`,
      tag,
      summary: `Replace ${it}: what the body leaves out is cleared, what is readOnly stays.`,
      parameters: [...parameters, ...PROJECTION, 'ifMatch'],
      body: `${type.name}Body`,
      responses: { 200: whole, ...refusals(...missing, ...changed) },
    }),
    patch: operation({
      id: `patch${suffix}`,
      tag,
      summary: `Change ${it}: all operations or none.`,
      parameters: [...parameters, ...PROJECTION, 'ifMatch'],
      body: `${type.name}Patch`,
      responses: { 200: whole, 204: noContent('It is changed; the application wants no body.'), ...refusals(...missing, ...changed) },
    }),
    delete: operation({
      id: `delete${suffix}`,
      tag,
      summary: `Remove ${it}.`,
      parameters: [...parameters, 'ifMatch'],
      responses: { 204: noContent('It is removed.'), ...refusals(...missing, 'preconditionFailed', 'tooLarge') },
    }),
  };
}
