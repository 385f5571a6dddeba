import { type Attribute, attribute, IDENTIFIER_BYTES } from './attribute.ts';

const ISSUED = { mutability: 'readOnly', caseExact: true } as const;

/** Attributes every resource has (RFC 7643 §3, §3.1). They belong to no schema, so `/Schemas` does not show them. */
export const COMMON_ATTRIBUTES: readonly Attribute[] = [
  attribute('schemas', { ...ISSUED, type: 'reference', multiValued: true, required: true, returned: 'always' }),
  attribute('id', { ...ISSUED, returned: 'always', uniqueness: 'server' }),
  attribute('externalId', { caseExact: true, maxBytes: IDENTIFIER_BYTES }),
  attribute('meta', {
    type: 'complex',
    mutability: 'readOnly',
    subAttributes: [
      attribute('resourceType', ISSUED),
      attribute('created', { ...ISSUED, type: 'dateTime' }),
      attribute('lastModified', { ...ISSUED, type: 'dateTime' }),
      attribute('location', { ...ISSUED, type: 'reference' }),
      attribute('version', ISSUED),
    ],
  }),
];

type Values = {
  /** How `value` differs from a plain string. */
  readonly value?: Partial<Omit<Attribute, 'name'>>;
  readonly types?: readonly string[];
};

/** Declares a multi-valued attribute with the default sub-attributes of RFC 7643 §2.4. */
export const plural = (name: string, description: string, { value, types }: Values = {}): Attribute =>
  attribute(name, {
    type: 'complex',
    multiValued: true,
    description,
    subAttributes: [
      attribute('value', { description: 'The value itself.', ...value }),
      attribute('display', { description: 'Text to show for it.' }),
      attribute('type', { description: 'What it is used for.', ...(types && { canonicalValues: types }) }),
      attribute('primary', { type: 'boolean', description: 'Whether it is the preferred one; true for one value at most.' }),
    ],
  });
