import { describe, expect, it } from '@jest/globals';
import { parseAdminRequest } from '../../../../src/access/admin-request.ts';
import { enableApplication } from '../../../../src/access/applications/administer.ts';
import { aCall, MemoryApplicationRepository, MemoryCredentialStore, MemoryLastUses } from '../../../support/access-memory.ts';

class VaultOutOfReach extends MemoryCredentialStore {
  override readCredentials = () => Promise.reject(new TypeError('the vault is out of reach'));
}

describe('disabling an application', () => {
  it('needs nothing of the vault', async () => {
    const applications = new MemoryApplicationRepository();
    const administration = {
      applications,
      credentials: new VaultOutOfReach(),
      lastUses: new MemoryLastUses(),
      now: () => 0,
      randomBytes: (size: number) => new Uint8Array(size),
    };
    const request = parseAdminRequest({ act: 'app.disable', by: 'ada' });
    if (request.act !== 'app.disable') throw new TypeError('another act');

    await expect(enableApplication(administration, request, aCall())).resolves.toMatchObject({
      result: { application: { key: 'default', state: 'disabled' } },
    });
    expect((await applications.find('default'))?.state).toBe('disabled');
  });
});
