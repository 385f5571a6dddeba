import { attribute, IDENTIFIER_BYTES } from './attribute.ts';
import { plural } from './common-attributes.ts';
import type { Schema } from './resource-type.ts';

const WORK_HOME_OTHER = ['work', 'home', 'other'];
const READ_ONLY = { mutability: 'readOnly' } as const;

/** RFC 7643 §4.1. */
export const USER_SCHEMA: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:User',
  name: 'User',
  description: 'A user account.',
  attributes: [
    attribute('userName', {
      required: true,
      uniqueness: 'server',
      maxBytes: IDENTIFIER_BYTES,
      description: 'Name the user signs in with; unique whatever its case.',
    }),
    attribute('name', {
      type: 'complex',
      description: 'The components of the real name.',
      subAttributes: [
        attribute('formatted', { description: 'The full name, ready to show.' }),
        attribute('familyName', { description: 'Family name.' }),
        attribute('givenName', { description: 'Given name.' }),
        attribute('middleName', { description: 'Middle name.' }),
        attribute('honorificPrefix', { description: 'Title before the name.' }),
        attribute('honorificSuffix', { description: 'Suffix after the name.' }),
      ],
    }),
    attribute('displayName', { maxBytes: IDENTIFIER_BYTES, description: 'Name to show to others.' }),
    attribute('nickName', { description: 'Casual name.' }),
    attribute('profileUrl', {
      type: 'reference',
      caseExact: true,
      referenceTypes: ['external'],
      description: 'Address of a profile page.',
    }),
    attribute('title', { description: 'Job title.' }),
    attribute('userType', { description: 'Relation to the organization, such as Employee or Contractor.' }),
    attribute('preferredLanguage', { description: 'Languages preferred, as in Accept-Language.' }),
    attribute('locale', { description: 'Locale for dates, numbers and currency.' }),
    attribute('timezone', { description: 'Time zone, as in the IANA database.' }),
    attribute('active', { type: 'boolean', description: 'Whether the user may sign in.' }),
    attribute('password', {
      mutability: 'writeOnly',
      returned: 'never',
      caseExact: true,
      description: 'Accepted and not kept: users sign in elsewhere.',
    }),
    plural('emails', 'E-mail addresses.', { value: { maxBytes: IDENTIFIER_BYTES }, types: WORK_HOME_OTHER }),
    plural('phoneNumbers', 'Telephone numbers.', { types: ['work', 'home', 'mobile', 'fax', 'pager', 'other'] }),
    plural('ims', 'Instant messaging addresses.', { types: ['aim', 'gtalk', 'icq', 'xmpp', 'msn', 'skype', 'qq', 'yahoo'] }),
    plural('photos', 'Addresses of photos.', {
      value: { type: 'reference', caseExact: true, referenceTypes: ['external'] },
      types: ['photo', 'thumbnail'],
    }),
    attribute('addresses', {
      type: 'complex',
      multiValued: true,
      description: 'Postal addresses.',
      subAttributes: [
        attribute('formatted', { description: 'The full address, ready to print.' }),
        attribute('streetAddress', { description: 'Street, house number and the like.' }),
        attribute('locality', { description: 'City.' }),
        attribute('region', { description: 'State or region.' }),
        attribute('postalCode', { description: 'Postal code.' }),
        attribute('country', { description: 'Country, as in ISO 3166-1 alpha-2.' }),
        attribute('type', { canonicalValues: WORK_HOME_OTHER, description: 'What it is used for.' }),
        attribute('primary', { type: 'boolean', description: 'Whether it is the preferred one; true for one value at most.' }),
      ],
    }),
    attribute('groups', {
      ...READ_ONLY,
      type: 'complex',
      multiValued: true,
      description: 'Groups the user belongs to; changed through the groups.',
      subAttributes: [
        attribute('value', { ...READ_ONLY, description: 'The id of the group.' }),
        attribute('$ref', {
          ...READ_ONLY,
          type: 'reference',
          caseExact: true,
          referenceTypes: ['Group'],
          description: 'Address of the group.',
        }),
        attribute('display', { ...READ_ONLY, description: 'Name of the group.' }),
        attribute('type', { ...READ_ONLY, canonicalValues: ['direct', 'indirect'], description: 'How the user came to belong to it.' }),
      ],
    }),
    plural('entitlements', 'Things the user is entitled to.'),
    plural('roles', 'Roles of the user.'),
    plural('x509Certificates', 'Certificates, DER in base64.', { value: { type: 'binary', caseExact: true } }),
  ],
};
