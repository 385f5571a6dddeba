import { type Attribute, attribute } from '../../src/scim/schema/attribute.ts';
import { plural } from '../../src/scim/schema/common-attributes.ts';
import type { ResourceType, Schema } from '../../src/scim/schema/resource-type.ts';

/** One attribute of each type of RFC 7643 §2.3 but complex. */
const LEAVES: readonly Attribute[] = [
  attribute('text'),
  attribute('code', { caseExact: true }),
  attribute('flag', { type: 'boolean' }),
  attribute('ratio', { type: 'decimal' }),
  attribute('amount', { type: 'integer' }),
  attribute('since', { type: 'dateTime' }),
  attribute('link', { type: 'reference', caseExact: true }),
  attribute('blob', { type: 'binary', caseExact: true }),
];

const listOf = (leaf: Attribute): Attribute => attribute(`${leaf.name}List`, { ...leaf, multiValued: true });

/** One of each characteristic of RFC 7643 §2.2 that is not the usual. */
const UNUSUAL: readonly Attribute[] = [
  attribute('serial', { mutability: 'immutable' }),
  attribute('serialList', { mutability: 'immutable', multiValued: true }),
  attribute('issued', { mutability: 'readOnly' }),
  attribute('pin', { mutability: 'writeOnly', returned: 'never' }),
  attribute('always', { returned: 'always' }),
  attribute('onRequest', { returned: 'request' }),
];

const HIDDEN = attribute('hidden', {
  type: 'complex',
  returned: 'never',
  subAttributes: [attribute('part')],
});

const COMPLEX: readonly Attribute[] = [
  attribute('details', { type: 'complex', subAttributes: [...LEAVES, ...UNUSUAL, attribute('tags', { multiValued: true })] }),
  attribute('owner', {
    type: 'complex',
    subAttributes: [attribute('value', { required: true }), attribute('$ref', { type: 'reference', caseExact: true })],
  }),
  plural('labels', 'Texts.'),
  plural('keys', 'Exact texts.', { value: { caseExact: true } }),
  plural('sizes', 'Numbers.', { value: { type: 'integer' } }),
  attribute('parts', {
    type: 'complex',
    multiValued: true,
    subAttributes: [...LEAVES, ...UNUSUAL, attribute('tags', { multiValued: true }), attribute('kind', { required: true })],
  }),
];

const CORE: Schema = {
  id: 'urn:example:params:scim:schemas:core:2.0:Device',
  name: 'Device',
  description: 'A device.',
  attributes: [attribute('name', { required: true }), ...LEAVES, ...LEAVES.map(listOf), ...UNUSUAL, HIDDEN, ...COMPLEX],
};

const EXTENSION: Schema = {
  id: 'urn:example:params:scim:schemas:extension:2.0:Device',
  name: 'DeviceExtension',
  description: 'More of a device.',
  attributes: [attribute('model', { required: true }), ...LEAVES, ...UNUSUAL, ...COMPLEX],
};

/** A resource type that has attributes of all types and characteristics: the built-in ones have no number, and more is missing. */
export const DEVICE: ResourceType = {
  name: 'Device',
  description: 'Devices.',
  endpoint: '/Devices',
  schema: CORE,
  extensions: [{ schema: EXTENSION, required: false }],
  subjectAttributes: ['name'],
};
