import type { TenantPresetName } from '../../../lib/tenant-presets.ts';
import { presetOf } from '../../../src/access/presets.ts';
import { MAKERS } from '../app/makers.ts';

/** What is to be run once the file is there, in the order in which it works. */
export function nextSteps(name: string, preset: TenantPresetName | undefined): readonly string[] {
  const { kind = 'token' } = preset === undefined ? {} : (presetOf(preset).settings.credentials ?? {});
  return [
    'Next:',
    `  npx cdk deploy scim-${name}`,
    ...(preset === undefined ? [] : [`  npm run scim -- app set --tenant ${name} --preset ${preset}`]),
    `  npm run scim -- ${MAKERS[kind]} --tenant ${name}`,
    `Or try it on this machine first: TENANT=${name} npm start`,
  ];
}
