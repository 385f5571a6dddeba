import { createHash } from 'node:crypto';
import { canonicalContent } from '../../src/scim/bulk/canonical-content.ts';
import type { JsonObject } from '../../src/scim/json.ts';
import type { Registry } from '../../src/scim/schema/resource-type.ts';

/** 132 bits: two operations never share a mark by chance. */
const MARK_CHARACTERS = 22;

/** Gives each creation in a bulk request its mark: the same whenever the same application sends the same request. */
export function creationMarks(application: string, body: JsonObject, registry: Registry): (bulkId: string) => string {
  const request = digest(application, canonicalContent(body, registry));
  return (bulkId) => digest(request, bulkId).slice(0, MARK_CHARACTERS);
}

const digest = (...parts: readonly string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
