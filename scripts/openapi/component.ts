import type { JsonObject } from '../../src/scim/json.ts';

/** Points at a part of the document that is written once: `schemas/User`, `parameters/filter`. */
export const component = (path: string): JsonObject => ({ $ref: `#/components/${path}` });

export const MEDIA_TYPE = 'application/scim+json';

export const content = (schema: JsonObject): JsonObject => ({ content: { [MEDIA_TYPE]: { schema } } });

/** The `schemas` of a message: these URNs and no others (RFC 7643 §3). */
export const exactly = (urn: string): JsonObject => ({ type: 'array', items: { const: urn }, minItems: 1, maxItems: 1 });
