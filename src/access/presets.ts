import type { Issuing } from './issuing.ts';
import type { PolicySettings } from './policy.ts';

export type Preset = {
  /** What the application is called unless it is given a title. */
  readonly title: string;
  readonly settings: PolicySettings & { readonly credentials?: Partial<Issuing> };
  /** The extension of User that this client sends, by its name among the preset schemas. */
  readonly extension?: 'infor-user';
};

/** Microsoft Entra ID reads no body after a PATCH of a group, and asks for none; it is the client of all the products below. */
const ENTRA = { patchAnswer: { Group: 'noContent' } } as const;

/** What a client needs beyond the defaults, by its name. */
export const PRESETS = {
  /** The RFC as it stands: every PATCH is answered with the resource. */
  standard: { title: 'SCIM client', settings: {} },
  entra: { title: 'Microsoft Entra ID', settings: ENTRA },
  okta: { title: 'Okta', settings: {} },
  /** Several SCIM accounts: a generated User Identifier and a password, which do not expire. */
  'infor-cloudsuite': {
    title: 'Infor CloudSuite',
    settings: { ...ENTRA, credentials: { kind: 'identifier-password', expiresInDays: 'never' } },
    extension: 'infor-user',
  },
  /**
   * Users only; base URL and bearer token can be looked up again for as long as the application is there. "Delete the
   * Deactivated users" is a switch, off to begin with.
   */
  miniorange: {
    title: 'miniOrange',
    settings: {
      ...ENTRA,
      resourceTypes: ['User'],
      deleteDeactivatedUsers: 'off',
      credentials: { expiresInDays: 'never', isRetrievable: true },
    },
  },
  /** Users only; the SCIM API token is shown once. */
  rfpio: { title: 'RFPIO', settings: { ...ENTRA, resourceTypes: ['User'], credentials: { expiresInDays: 'never' } } },
  /** A permanent token, shown once. */
  iprova: { title: 'iProva', settings: { ...ENTRA, credentials: { expiresInDays: 'never' } } },
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof PRESETS;

export const PRESET_NAMES = [
  'standard',
  'entra',
  'okta',
  'infor-cloudsuite',
  'miniorange',
  'rfpio',
  'iprova',
] as const satisfies readonly PresetName[];

export const presetOf = (name: PresetName): Preset => PRESETS[name];
