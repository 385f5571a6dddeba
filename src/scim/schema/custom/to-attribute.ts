import { type Attribute, attribute, IDENTIFIER_BYTES } from '../attribute.ts';
import { isUnique } from './customization.ts';
import type { RawAttribute, RawSubAttribute } from './shape.ts';

/** Case counts in these, whatever a schema says (RFC 7643 §2.3.6, §2.3.7). */
const CASE_EXACT: ReadonlySet<string> = new Set(['reference', 'binary']);

/** Makes an attribute of what is written; what is left out takes the default of RFC 7643 §2.2. */
export function toAttribute(raw: RawAttribute | RawSubAttribute): Attribute {
  const { name, subAttributes, ...characteristics } = raw;
  const made = attribute(name, given(characteristics));
  const subs = raw.type === 'complex' ? (subAttributes ?? []).filter(isRaw).map(toAttribute) : [];
  return Object.freeze({
    ...made,
    ...(CASE_EXACT.has(made.type) && { caseExact: true }),
    // What a resource is found by must fit a key.
    ...(isUnique(made) && { maxBytes: IDENTIFIER_BYTES }),
    ...(subs.length > 0 && { subAttributes: subs }),
  });
}

/** A sub-attribute's own list is empty: its shape sees to that. */
const isRaw = (raw: unknown): raw is RawSubAttribute => raw !== undefined;

/** RFC 7643 §2.5: null and an empty list are nothing. */
function given(characteristics: Omit<RawAttribute, 'name' | 'subAttributes'>): Partial<Omit<Attribute, 'name'>> {
  return Object.fromEntries(
    Object.entries(characteristics).filter(
      ([, value]) => value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
