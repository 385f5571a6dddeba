import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GROUP } from '../support/local-client.ts';
import { entraId } from './entra-id.ts';
import { aPerson } from './people.ts';
import { openSite, type Site, testConnection } from './site.ts';

/** MicrosoftDocs/entra-docs docs/identity/saas-apps/rfpio-provisioning-tutorial.md: its lists of steps, by their numbers. */
describe('RFPIO, from its set-up page to the first cycles', () => {
  let site: Site;
  let token = '';
  let ids: readonly string[] = [];
  const entra = () => entraId(site.tenantUrl, token);

  beforeAll(async () => {
    site = await openSite('rfpio', 'acme');
  }, 60_000);
  afterAll(() => site.close(), 30_000);

  describe('in RFPIO', () => {
    it('1 and 2: the organisation has settings of its own', async () => {
      expect(await site.json('app create rfpio --preset rfpio')).toMatchObject({
        title: 'RFPIO',
        policy: { resourceTypes: ['User'], autoUserProvisioning: true },
      });
    });

    it('3: its page on SCIM shows the URL in the shape of the product', async () => {
      expect(await site.json('app show rfpio')).toMatchObject({ tenantUrl: expect.stringMatching(/\/rfpserver\/scim\/v2$/) });
    });

    it('4: Auto User Provisioning is one switch, and the button makes a SCIM API token', async () => {
      await site.scim('app set rfpio --set autoUserProvisioning=true');
      const created = await site.json('token create --app rfpio');

      token = String(created['token']);
      expect(created).toMatchObject({ credential: { kind: 'token', application: 'rfpio', expiresAt: null } });
    });

    it('5: the token is shown this once', async () => {
      const { issued } = await site.json('app show rfpio');

      expect(issued).toHaveLength(1);
      expect(await site.refused(`token show ${/"id":"(\w+)"/.exec(JSON.stringify(issued))?.[1]}`)).toContain('once');
      expect(await site.scim('token list')).not.toContain(token);
    });
  });

  describe('in Entra ID', () => {
    it('5: Tenant URL and Secret Token pass Test Connection', () => testConnection(site.tenantUrl, token));

    it('8 and 9: a user is provisioned on demand by the attribute mapping', async () => {
      const id = await entra().provisionOnDemand(aPerson('ada'));

      expect((await entra().read(id)).body).toMatchObject({ userName: 'ada@example.com', displayName: 'ada Example', active: true });
    });

    it('11 to 13: the initial cycle brings the users in scope', async () => {
      ids = await entra().initialCycle([aPerson('ada'), aPerson('ben'), aPerson('cleo')]);

      expect((await entra().scim('GET', '/Users')).body).toMatchObject({ totalResults: 3 });
    });
  });

  describe('and then', () => {
    it('an update, a disable and a removal arrive', async () => {
      const [ada = '', ben = '', cleo = ''] = ids;
      await entra().update(ada, 'displayName', 'Ada Changed');
      await entra().disable(ben);

      expect(await entra().remove(cleo)).toBe(204);
      expect(await entra().find('ada@example.com')).toMatchObject({ displayName: 'Ada Changed' });
      expect(await entra().find('ben@example.com')).toMatchObject({ active: false });
      expect(await entra().find('cleo@example.com')).toBeUndefined();
    });

    it('the list a person would look at shows who is there, and who is disabled', async () => {
      const list = await site.scim('user list');

      expect(list).toContain('ada@example.com');
      expect(list).toMatch(/ben@example\.com.*disabled/);
      expect(list).not.toContain('cleo@example.com');
    });

    it('there are no groups to be read, and none can be written', async () => {
      expect((await entra().scim('GET', '/Groups')).body).toMatchObject({ totalResults: 0 });
      expect(await entra().scim('POST', '/Groups', { schemas: [GROUP], displayName: 'Engineering' })).toMatchObject({ status: 403 });
    });

    it('with Auto User Provisioning off Test Connection passes, and nothing is provisioned', async () => {
      await site.scim('app set rfpio --set autoUserProvisioning=false');
      await testConnection(site.tenantUrl, token);

      expect(await entra().scim('POST', '/Users', aPerson('dora'))).toMatchObject({
        status: 403,
        body: { detail: expect.stringContaining('autoUserProvisioning') },
      });
    });
  });
});
