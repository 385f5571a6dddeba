import type { Json } from '../../scim/json.ts';

const attribute = (name: string, description: string): Json => ({ name, type: 'string', description });

/** Extensions of User that presets bring along, as schema files; examples/schemas/ shows the same to people. */
export const PRESET_SCHEMAS = {
  'infor-user': {
    id: 'urn:ietf:params:scim:schemas:extension:infor:2.0:User',
    document: {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
      id: 'urn:ietf:params:scim:schemas:extension:infor:2.0:User',
      name: 'InforUser',
      description: 'What Infor CloudSuite knows of a user.',
      attributes: [
        attribute('actorId', 'Identifier of the person as an actor in workflows.'),
        attribute('federationId', 'Identifier by which the identity provider signs the user in.'),
        attribute('ifsPersonId', 'Identifier of the person in the user management of Infor.'),
        attribute('lnUser', 'Login code in Infor LN.'),
        attribute('userAlias', 'Another name the user is known by.'),
      ],
    },
  },
} as const satisfies Readonly<Record<string, { readonly id: string; readonly document: Json }>>;
