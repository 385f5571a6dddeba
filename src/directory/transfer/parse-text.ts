import { parseJsonBody } from '../../scim/body.ts';
import { ScimError } from '../../scim/errors.ts';
import type { JsonObject } from '../../scim/json.ts';

/** Reads one line as a JSON object that does not nest too deep; undefined for anything else. */
export function parseText(line: string): JsonObject | undefined {
  try {
    return parseJsonBody(line);
  } catch (error) {
    if (error instanceof ScimError) return undefined;
    throw error;
  }
}
