import { describe, expect, it } from '@jest/globals';
import { parseSettings } from '../../local/settings.ts';

describe('settings', () => {
  it('have a default for everything', () => {
    expect(parseSettings({}, false)).toEqual({
      port: 8080,
      dataFolder: '.local',
      tenant: 'example',
      tenantsFolder: undefined,
      storeEndpoint: undefined,
      publicUrl: undefined,
      sayRequests: false,
    });
  });

  it('treat an empty variable as one that is not set', () => {
    expect(parseSettings({ PORT: '', DATA_DIR: '', TENANT: '', TENANTS_DIR: '', DYNAMODB_ENDPOINT: '', PUBLIC_URL: '' }, false)).toEqual(
      parseSettings({}, false),
    );
  });

  it.each(['abc', '-1', '65536', '80.5', '0x50'])('refuse PORT=%s and say what it takes', (PORT) => {
    expect(() => parseSettings({ PORT }, false)).toThrow(/PORT takes a number from 0 to 65535/);
  });

  it.each(['DYNAMODB_ENDPOINT', 'PUBLIC_URL'])('refuse a %s that is no URL', (name) => {
    expect(() => parseSettings({ [name]: 'localhost:8000' }, false)).toThrow(`${name} takes a URL`);
  });

  it.each([
    [undefined, true, true],
    [undefined, false, false],
    ['1', false, true],
    ['0', true, false],
  ])('with LOG=%s and a terminal (%s) say requests: %s', (LOG, isTerminal, sayRequests) => {
    expect(parseSettings({ LOG }, isTerminal).sayRequests).toBe(sayRequests);
  });
});
