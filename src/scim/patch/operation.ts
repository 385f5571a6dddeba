import type { Filter } from '../filter/ast.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Attribute } from '../schema/attribute.ts';
import type { AttributePath } from '../schema/lookup.ts';

/** What a PATCH path points at (RFC 7644 §3.5.2): `attribute[filter].subAttribute`, the last two optional. */
export type Target = {
  /** Path of the attribute, without the sub-attribute. */
  readonly path: AttributePath;
  readonly filter?: Filter;
  readonly subAttribute?: Attribute;
};

/** One operation on one attribute, its value already parsed by the schema. A path-less operation is one for each attribute. */
export type Operation = {
  /** `Operations[2]`, for refusals. */
  readonly at: string;
  readonly target: Target;
} & (
  | {
      readonly op: 'add' | 'replace';
      readonly value: Json;
      /** The element to make when no element matches; without it, that is `noTarget`. */
      readonly missing?: JsonObject;
    }
  | {
      readonly op: 'remove';
      /** Only these values, not all. */
      readonly only?: readonly Json[];
    }
);

export type Patch = {
  readonly operations: readonly Operation[];
  /** Paths of attributes the schemas do not know, for the log. */
  readonly ignored: readonly string[];
};
