import type { JsonObject } from './json.ts';

/** Puts the names of a message's members in lower case: they are matched whatever their case (RFC 7643 §2.1). */
export const lowerKeys = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key.toLowerCase(), value]));
