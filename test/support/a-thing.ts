import type { JsonObject } from '../../src/scim/json.ts';
import { attribute } from '../../src/scim/schema/attribute.ts';
import type { ResourceType } from '../../src/scim/schema/resource-type.ts';
import { GROUP } from '../../src/scim/schema/resource-types.ts';

const LABEL = 'urn:example:2.0:Label';

/** A resource type with an attribute of every type, single and multi-valued, and an extension. */
export const THING: ResourceType = {
  name: 'Thing',
  description: 'Anything.',
  endpoint: '/Things',
  schema: {
    ...GROUP.schema,
    id: 'urn:example:2.0:Thing',
    name: 'Thing',
    attributes: [
      attribute('text'),
      attribute('code', { caseExact: true }),
      attribute('isOpen', { type: 'boolean' }),
      attribute('price', { type: 'decimal' }),
      attribute('size', { type: 'integer' }),
      attribute('madeAt', { type: 'dateTime' }),
      attribute('link', { type: 'reference', caseExact: true }),
      attribute('picture', { type: 'binary', caseExact: true }),
      attribute('maker', {
        type: 'complex',
        subAttributes: [attribute('value'), attribute('rank', { type: 'integer' }), attribute('since', { type: 'dateTime' })],
      }),
      attribute('place', { type: 'complex', subAttributes: [attribute('street'), attribute('isNear', { type: 'boolean' })] }),
      attribute('tags', { multiValued: true }),
      attribute('sizes', { type: 'integer', multiValued: true }),
      attribute('parts', {
        type: 'complex',
        multiValued: true,
        subAttributes: [
          attribute('value'),
          attribute('kind', { caseExact: true }),
          attribute('weight', { type: 'decimal' }),
          attribute('isSpare', { type: 'boolean' }),
          attribute('aliases', { multiValued: true }),
        ],
      }),
      attribute('secret', { returned: 'never' }),
    ],
  },
  extensions: [
    {
      required: false,
      schema: {
        ...GROUP.schema,
        id: LABEL,
        name: 'Label',
        attributes: [attribute('colour'), attribute('owner', { type: 'complex', subAttributes: [attribute('value'), attribute('name')] })],
      },
    },
  ],
  subjectAttributes: ['text'],
};

/** A value of everything but the secret. */
export const aThing: JsonObject = {
  text: 'Größe "L" \\ 7',
  code: 'AbC',
  isOpen: false,
  price: 9.5,
  size: 10,
  madeAt: '2026-03-29T02:30:00.5+02:00',
  link: 'https://x.example/A',
  picture: 'QUJD',
  maker: { value: 'Acme', rank: 2, since: '2020-01-01T00:00:00Z' },
  place: { street: 'Hill 1', isNear: true },
  tags: ['Red', 'blue'],
  sizes: [3, 12],
  parts: [
    { value: 'Lid', kind: 'Top', weight: 0.5, isSpare: false, aliases: ['cap', 'Cover'] },
    { value: 'base', kind: 'bottom', weight: 2, isSpare: true },
  ],
  [LABEL]: { colour: 'Green', owner: { value: 'o1', name: 'Ada' } },
};
