import { attribute } from './attribute.ts';
import type { Schema } from './resource-type.ts';

/** RFC 7643 §4.3. */
export const ENTERPRISE_USER_SCHEMA: Schema = {
  id: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  name: 'EnterpriseUser',
  description: 'What an organization knows of a user.',
  attributes: [
    attribute('employeeNumber', { description: 'Identifier the organization gave the person.' }),
    attribute('costCenter', { description: 'Cost center.' }),
    attribute('organization', { description: 'Organization.' }),
    attribute('division', { description: 'Division.' }),
    attribute('department', { description: 'Department.' }),
    attribute('manager', {
      type: 'complex',
      description: 'The manager of the user.',
      subAttributes: [
        attribute('value', { description: 'The id of the manager.' }),
        attribute('$ref', { type: 'reference', caseExact: true, referenceTypes: ['User'], description: 'Address of the manager.' }),
        attribute('displayName', { mutability: 'readOnly', description: 'Name of the manager.' }),
      ],
    }),
  ],
};
