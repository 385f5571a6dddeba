import type { Attribute } from '../attribute.ts';
import type { Schema } from '../resource-type.ts';

/** That a resource type has an extension (RFC 7643 §6, `schemaExtensions`). */
export type ExtensionUse = { readonly schema: string; readonly required: boolean };

/** What an operator has said of one resource type. */
export type CustomType = {
  readonly name: string;
  /** Of a type the operator made; a built-in one keeps what it has. */
  readonly own?: { readonly description: string; readonly endpoint: string; readonly schema: string };
  /** Those the operator gave it, in the order they came. */
  readonly extensions: readonly ExtensionUse[];
};

export const MATCHING_STATES = ['filling', 'ready', 'leaving', 'removing'] as const;

/**
 * That resources of a type are matched by an attribute. `filling`: keys of resources that were there before are still to be
 * written. `leaving`: filters no longer rely on the keys, some function may not know. `removing`: the keys go.
 */
export type MatchingUse = {
  readonly type: string;
  readonly path: string;
  readonly state: (typeof MATCHING_STATES)[number];
  /** Of the backfill that works on it. */
  readonly revision: string;
};

/** Everything an operator has changed about the schemas and resource types that are built in. */
export type Customization = {
  readonly schemas: readonly Schema[];
  readonly types: readonly CustomType[];
  /**
   * Attributes that once were, as `User urn:…:badge`: what a function that had not heard of their removal still wrote is
   * in the table, unseen, and shows again with them.
   */
  readonly removed: readonly string[];
  /** Attributes that once were unique: their keys may still be in the table, and would make values look taken. */
  readonly onceUnique: readonly string[];
  /** What resources are matched by beside what is built in, in the order it came. */
  readonly matching: readonly MatchingUse[];
};

export const NO_CUSTOMIZATION: Customization = { schemas: [], types: [], removed: [], onceUnique: [], matching: [] };

export const isUnique = ({ uniqueness, multiValued }: Attribute): boolean => uniqueness !== 'none' && !multiValued;

/** The sub-attributes; none of what is not complex. */
export const partsOf = ({ subAttributes = [] }: Attribute): readonly Attribute[] => subAttributes;

/** Says whether two names are one: RFC 7643 §2.1 has names and URNs compared whatever their case. */
export const isSameName = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

export const withoutDuplicates = (names: readonly string[]): readonly string[] => [...new Set(names)];
