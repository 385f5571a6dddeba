import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PRESET_NAMES } from '../../src/access/presets.ts';
import { openSite, type Site, testConnection, untilAccepted } from './site.ts';

describe('every preset', () => {
  let site: Site;
  const tokens = new Map<string, string>();

  beforeAll(async () => {
    site = await openSite('entra', 'acme');
    for (const preset of PRESET_NAMES) tokens.set(preset, await credentialOf(site, preset));
    for (const token of tokens.values()) await untilAccepted(site.tenantUrl, token);
  }, 120_000);
  afterAll(() => site.close(), 30_000);

  it.each(PRESET_NAMES)('%s passes Test Connection with the kind of credential it has', async (preset) => {
    await testConnection(site.tenantUrl, tokens.get(preset) ?? '');
  });

  it('serves them beside each other, each with a title', async () => {
    const { applications } = await site.json('app list');

    expect(applications).toHaveLength(PRESET_NAMES.length + 1);
  });
});

/** Makes an application of the preset, and a credential of the kind it has. */
async function credentialOf(site: Site, preset: string): Promise<string> {
  const { credentials } = await site.json(`app create ${preset} --preset ${preset}`);
  const isAccount = JSON.stringify(credentials).includes('identifier-password');
  const made = isAccount
    ? await site.json(`account create --app ${preset} --password-stdin`, { input: 'Forty-two otters:swim\n' })
    : await site.json(`token create --app ${preset}`);
  return String(made['bearerToken'] ?? made['token']);
}
