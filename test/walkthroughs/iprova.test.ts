import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { entraId } from './entra-id.ts';
import { aPerson } from './people.ts';
import { openSite, type Site, testConnection } from './site.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/**
 * Headers by which proxies tell on whose behalf they ask; any client can send them. The emulator's gateway believes the
 * first, which that of AWS does not (docs/explanation/emulator.md).
 */
const FORGED = [
  ...(process.env['SCIM_EMULATOR'] === undefined ? ['X-Forwarded-For'] : []),
  'Forwarded',
  'X-Real-IP',
  'True-Client-IP',
  'CF-Connecting-IP',
];

/**
 * MicrosoftDocs/azure-docs articles/active-directory/saas-apps/iprova-provisioning-tutorial.md, and what became of it,
 * MicrosoftDocs/entra-docs docs/identity/saas-apps/zenya-provisioning-tutorial.md: their lists of steps, by their numbers.
 */
describe('iProva, from its set-up page to the first cycles', () => {
  let site: Site;
  let token = '';
  let ids: readonly string[] = [];
  const entra = () => entraId(site.tenantUrl, token);
  const mapped = (name: string) =>
    aPerson(name, {
      preferredLanguage: 'nl-NL',
      phoneNumbers: [{ type: 'work', value: '+31 20 5550100' }],
      title: 'Editor',
      [ENTERPRISE]: { department: 'Quality' },
    });

  beforeAll(async () => {
    site = await openSite('iprova', 'acme');
  }, 60_000);
  afterAll(() => site.close(), 30_000);

  describe('in iProva', () => {
    it('1 and 2: the page on external user management lists the providers', async () => {
      expect(await site.json('app list')).toMatchObject({ applications: [{ key: 'default' }] });
    });

    it('3: Add provider takes a title and, if wanted, a restriction to IP addresses', async () => {
      await site.scim('app create entra --preset iprova --title Entra');
      await site.scim('app ip add 127.0.0.0/8,::1 --app entra');

      expect(await site.json('app show entra')).toMatchObject({ title: 'Entra', policy: { ipRanges: ['127.0.0.0/8', '::1'] } });
    });

    it('4: the permanent token is shown this once, and does not expire', async () => {
      const created = await site.json('token create --app entra');
      token = String(created['token']);

      expect(created).toMatchObject({ credential: { expiresAt: null } });
      expect(await site.scim('token list')).not.toContain(token);
    });
  });

  describe('in Entra ID', () => {
    it('5: the base URL with /scim/ behind it, and the token, pass Test Connection', async () => {
      expect(site.tenantUrl).toMatch(/^https?:\/\/[^/]+\/scim$/);
      await testConnection(site.tenantUrl, token);
      await testConnection(`${site.tenantUrl}/`, token);
    });

    it('8 and 9: a user is provisioned on demand with every attribute of the mapping', async () => {
      const id = await entra().provisionOnDemand(mapped('ada'));

      expect((await entra().read(id)).body).toMatchObject(mapped('ada'));
    });

    it('10 to 15: the initial cycle brings the users and groups in scope', async () => {
      ids = await entra().initialCycle([mapped('ada'), mapped('ben'), mapped('cleo')]);
      const group = await entra().provisionGroup('Editors', ids);

      expect((await entra().scim('GET', `/Groups/${group}`)).body).toMatchObject({ displayName: 'Editors', externalId: 'ext-Editors' });
      expect(await site.scim('group list')).toContain('Editors');
      expect(await site.scim('group members Editors')).toContain('ben@example.com');
    });
  });

  describe('and then', () => {
    it('an update, a manager, a disable and a removal arrive', async () => {
      const [ada = '', ben = '', cleo = ''] = ids;
      await entra().update(ada, 'title', 'Chief editor');
      await entra().update(ben, `${ENTERPRISE}:manager`, ada);
      await entra().disable(ben);

      expect(await entra().remove(cleo)).toBe(204);
      expect((await entra().read(ada)).body).toMatchObject({ title: 'Chief editor' });
      expect((await entra().read(ben)).body).toMatchObject({ active: false, [ENTERPRISE]: { manager: { value: ada } } });
      expect((await entra().read(cleo)).status).toBe(404);
    });

    it('the list a person would look at shows who is there, and who is disabled', async () => {
      const list = await site.scim('user list');

      expect(list).toMatch(/ben@example\.com.*disabled/);
      expect(list).not.toContain('cleo@example.com');
    });

    it('a request from outside the ranges is refused, whatever its headers say', async () => {
      await site.scim('app set entra --set ipRanges=["203.0.113.0/24"]');
      const answers = await Promise.all(FORGED.map((name) => entra().scim('GET', '/Users', undefined, { [name]: '203.0.113.7' })));

      expect(answers.map(({ status }) => status)).toEqual(FORGED.map(() => 403));
      await site.scim('app set entra --set ipRanges=null');
      await testConnection(site.tenantUrl, token);
    });
  });
});
