export type AttributeType = 'string' | 'boolean' | 'decimal' | 'integer' | 'dateTime' | 'reference' | 'binary' | 'complex';

/** An attribute definition: the characteristics of RFC 7643 §2.2, as `/Schemas` renders them (RFC 7643 §7). */
export type Attribute = {
  readonly name: string;
  readonly type: AttributeType;
  readonly description: string;
  readonly multiValued: boolean;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly';
  readonly returned: 'always' | 'never' | 'default' | 'request';
  readonly uniqueness: 'none' | 'server' | 'global';
  readonly canonicalValues?: readonly string[];
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly Attribute[];
  /** Longest string, in bytes of UTF-8, where it is not the usual limit of its type; `/Schemas` has no place for it. */
  readonly maxBytes?: number;
};

/** What a resource is looked up by must fit a key. */
export const IDENTIFIER_BYTES = 1_024;

const DEFAULTS = {
  type: 'string',
  description: '',
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
} as const;

/** Declares an attribute; what is left out takes the default of RFC 7643 §2.2. */
export const attribute = (name: string, overrides: Partial<Omit<Attribute, 'name'>> = {}): Attribute =>
  Object.freeze({ ...DEFAULTS, ...overrides, name });
