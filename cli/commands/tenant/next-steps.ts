import { type TenantPresetName, tenantPresetOf } from '../../../lib/tenant-presets.ts';

/** What is to be run once the file is there, in the order in which it works. */
export function nextSteps(name: string, preset: TenantPresetName | undefined): readonly string[] {
  const schema = preset === undefined ? undefined : tenantPresetOf(preset).schema;
  return [
    'Next:',
    `  npx cdk deploy scim-${name}`,
    ...(preset === undefined ? [] : [`  npm run scim -- app set --tenant ${name} --preset ${preset}`]),
    ...(schema === undefined ? [] : [`  npm run scim -- schema apply ${schema.file} --extends ${schema.extends} --tenant ${name}`]),
    `  npm run scim -- token create --tenant ${name}`,
    `Or try it on this machine first: TENANT=${name} npm start`,
  ];
}
