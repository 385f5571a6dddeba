import type { TenantPresetName } from '../../../lib/tenant-presets.ts';
import { presetOf } from '../../../src/access/presets.ts';
import { MAKERS } from '../app/makers.ts';

/** What is to be run once the file is there, in the order in which it works. */
export function nextSteps(name: string, preset: TenantPresetName | undefined): readonly string[] {
  const steps = preset === undefined ? ['token create'] : stepsOf(preset);
  return [
    'Next:',
    `  npx cdk deploy scim-${name}`,
    ...steps.map((step) => `  npm run scim -- ${step} --tenant ${name}`),
    `Or try it on this machine first: TENANT=${name} npm start`,
  ];
}

/** The application is called as its preset is; `app create` takes any other key. */
function stepsOf(preset: TenantPresetName): readonly string[] {
  const { kind = 'token' } = presetOf(preset).settings.credentials ?? {};
  return [`app create ${preset} --preset ${preset}`, `${MAKERS[kind]} --app ${preset}`];
}
