import type { Attribute } from '../../src/scim/schema/attribute.ts';
import { COMMON_ATTRIBUTES } from '../../src/scim/schema/common-attributes.ts';

/** An attribute that every resource has (RFC 7643 §3.1). */
export function commonAttribute(name: string): Attribute {
  const attribute = COMMON_ATTRIBUTES.find((candidate) => candidate.name === name);
  if (attribute === undefined) throw new TypeError(`there is no common attribute ${name}`);
  return attribute;
}
