/** The tenant file's half of a preset. */
export type TenantPreset = {
  /** What the stage is unless it is given: the tenant's name, the name in capitals with underscores, or a fixed word. */
  readonly stage?: 'capitals' | { readonly fixed: string };
  readonly basePath?: string;
};

/** The URL that customers of a product, or users of an identity provider, expect; the other half of each is the application's. */
const TENANT_PRESETS = {
  entra: {},
  okta: {},
  /** The tenant is in the path, in its own spelling: …/INFORSTS_TST/v2/scim. */
  'infor-cloudsuite': { stage: 'capitals', basePath: '/v2/scim' },
  miniorange: {},
  /** The tenant is in the host name: https://<tenant>…/rfpserver/scim/v2. */
  rfpio: { stage: { fixed: 'rfpserver' } },
  iprova: { stage: { fixed: 'scim' }, basePath: '' },
} as const satisfies Record<string, TenantPreset>;

export type TenantPresetName = keyof typeof TENANT_PRESETS;

export const TENANT_PRESET_NAMES = [
  'entra',
  'okta',
  'infor-cloudsuite',
  'miniorange',
  'rfpio',
  'iprova',
] as const satisfies readonly TenantPresetName[];

export const tenantPresetOf = (name: TenantPresetName): TenantPreset => TENANT_PRESETS[name];

export const stageOf = ({ stage }: TenantPreset, name: string): string | undefined => {
  if (stage === undefined) return undefined;
  return stage === 'capitals' ? name.toUpperCase().replaceAll('-', '_') : stage.fixed;
};
