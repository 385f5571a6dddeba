import { attribute, IDENTIFIER_BYTES } from './attribute.ts';
import type { Schema } from './resource-type.ts';

/**
 * RFC 7643 §4.2, with two things the server does beyond it and says so: displayName is required and unique,
 * because clients look groups up by it, and a member keeps the display text it came with.
 */
export const GROUP_SCHEMA: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  name: 'Group',
  description: 'A group of users or groups.',
  attributes: [
    attribute('displayName', {
      required: true,
      uniqueness: 'server',
      maxBytes: IDENTIFIER_BYTES,
      description: 'Name of the group; unique whatever its case.',
    }),
    attribute('members', {
      type: 'complex',
      multiValued: true,
      description: 'The members of the group.',
      subAttributes: [
        attribute('value', { required: true, mutability: 'immutable', maxBytes: IDENTIFIER_BYTES, description: 'The id of the member.' }),
        attribute('$ref', {
          type: 'reference',
          caseExact: true,
          mutability: 'immutable',
          referenceTypes: ['User', 'Group'],
          description: 'Address of the member.',
        }),
        attribute('type', { mutability: 'immutable', canonicalValues: ['User', 'Group'], description: 'Resource type of the member.' }),
        attribute('display', { mutability: 'immutable', maxBytes: IDENTIFIER_BYTES, description: 'Text to show for the member.' }),
      ],
    }),
  ],
};
