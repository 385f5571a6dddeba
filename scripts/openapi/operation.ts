import type { JsonObject } from '../../src/scim/json.ts';
import { component, content, MEDIA_TYPE } from './component.ts';
import { type ParameterName, parametersNamed } from './parameters.ts';

type Operation = {
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly parameters?: readonly ParameterName[];
  /** Name of the schema of the body. */
  readonly body?: string;
  readonly responses: JsonObject;
};

/** One method of one path. */
export const operation = ({ id, tag, summary, parameters = [], body, responses }: Operation): JsonObject => ({
  operationId: id,
  tags: [tag],
  summary,
  ...(parameters.length > 0 && { parameters: parametersNamed(parameters) }),
  ...(body !== undefined && { requestBody: requestBody(component(`schemas/${body}`)) }),
  responses,
});

const requestBody = (schema: JsonObject): JsonObject => ({
  required: true,
  content: { [MEDIA_TYPE]: { schema }, 'application/json': { schema } },
});

const REQUEST_ID = { 'X-Request-Id': component('headers/RequestId') };

/** An answer that carries something other than a single resource. */
export const answer = (description: string, schema: string): JsonObject => ({
  description,
  headers: REQUEST_ID,
  ...content(component(`schemas/${schema}`)),
});

/** An answer that carries a resource, or nothing but the version of one. */
export const resourceAnswer = (description: string, schema: string, links: JsonObject = {}): JsonObject => ({
  description,
  headers: { ...REQUEST_ID, ETag: component('headers/ETag'), Location: component('headers/Location') },
  ...content(component(`schemas/${schema}`)),
  ...(Object.keys(links).length > 0 && { links }),
});

export const noContent = (description: string): JsonObject => ({ description, headers: REQUEST_ID });

export const notModified: JsonObject = {
  description: 'It still has the version in `If-None-Match`.',
  headers: { ...REQUEST_ID, ETag: component('headers/ETag') },
};
