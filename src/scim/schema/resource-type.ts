import type { Attribute } from './attribute.ts';

/** A schema: a URN and the attributes it defines (RFC 7643 §7). */
export type Schema = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Attribute[];
};

/**
 * A resource type (RFC 7643 §6) with what the directory must know to serve it.
 *
 * Resource types are data: nothing outside this folder and the composition root imports a particular one.
 */
export type ResourceType = {
  /** `id` and `name` of RFC 7643 §6; also the type's name in every key of the table. */
  readonly name: string;
  readonly description: string;
  /** Relative to the base URL, with its slash: `/Users`. */
  readonly endpoint: string;
  readonly schema: Schema;
  readonly extensions: readonly { readonly schema: Schema; readonly required: boolean }[];
  /** The attribute that holds the members of a group, kept apart from the resource because it has no bound. */
  readonly membersAttribute?: string;
  /** The readOnly attribute that lists the groups a resource belongs to (RFC 7643 §4.1.2 `groups`). */
  readonly groupsAttribute?: string;
  /** Endpoint of each resource type that a `$ref` of this one's members or groups points at, by the type's name. */
  readonly references?: Readonly<Record<string, string>>;
  /** Attributes the client identifies this person or thing to a human by, first present wins: the log's `subject`. */
  readonly subjectAttributes: readonly string[];
  /** What clients match its resources by, beside what is unique and `externalId`. */
  readonly matching?: readonly MatchingAttribute[];
};

/**
 * An attribute whose values are keys of their own, by which a resource is found at once.
 *
 * `kept`: every writer keeps the keys, and some may be missing or unwanted: no filter relies on them. `used`: they are
 * complete, and filters do. `dropped`: writers remove them wherever they meet one.
 */
export type MatchingAttribute = { readonly path: string; readonly stage: 'kept' | 'used' | 'dropped' };

/** The resource types of one tenant, passed in wherever one is needed. */
export type Registry = readonly ResourceType[];
