import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { entraId } from './entra-id.ts';
import { aPerson } from './people.ts';
import { openSite, type Site, testConnection, untilAccepted } from './site.ts';

const INFOR = 'urn:ietf:params:scim:schemas:extension:infor:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
/** Colons, and characters beyond ASCII. */
const PASSWORD = 'Grün:see:forty-two-otters';

/** MicrosoftDocs/entra-docs docs/identity/saas-apps/infor-cloudsuite-provisioning-tutorial.md: its lists of steps, by their numbers. */
describe('Infor CloudSuite, from its set-up page to the first cycles', () => {
  let site: Site;
  let identifier = '';
  let token = '';
  let ids: readonly string[] = [];
  const entra = () => entraId(site.tenantUrl, token);
  const extension = (name: string) => ({
    actorId: `actor-${name}`,
    federationId: `${name}@federation`,
    ifsPersonId: `ifs-${name}`,
    lnUser: `ln${name}`,
    userAlias: name.toUpperCase(),
  });
  const mapped = (name: string) => aPerson(name, { title: 'Buyer', [ENTERPRISE]: { department: 'Purchasing' }, [INFOR]: extension(name) });

  beforeAll(async () => {
    site = await openSite('infor-cloudsuite', 'inforsts-tst');
  }, 60_000);
  afterAll(() => site.close(), 30_000);

  describe('in Infor CloudSuite', () => {
    it('1 and 2: the administrator comes to the management of the tenant', async () => {
      expect(site.tenantUrl).toMatch(/\/INFORSTS_TST\/v2\/scim$/);
      await site.scim('app create infor --preset infor-cloudsuite');
    });

    it('3: SCIM Accounts is an empty list, with the URL of the service', async () => {
      expect(await site.json('account list --app infor')).toMatchObject({ credentials: [] });
      expect(await site.json('app show infor')).toMatchObject({ tenantUrl: site.tenantUrl });
    });

    it('4: a new account takes a SCIM password, and shows a generated User Identifier', async () => {
      const created = await site.json('account create --app infor --password-stdin', { input: `${PASSWORD}\n` });
      identifier = String(created['identifier']);
      token = String(created['bearerToken']);

      expect(identifier).not.toBe('');
      expect(JSON.stringify(await site.json('account list --app infor'))).toContain(identifier);
      expect(await site.scim('account list --app infor')).not.toContain(PASSWORD);
    });

    it('5 and 6: the bearer token is base64 of User Identifier, colon, SCIM password', () => {
      expect(token).toBe(Buffer.from(`${identifier}:${PASSWORD}`, 'utf8').toString('base64'));
    });

    it('takes the token in every form that editors and shells give it', async () => {
      const unpadded = token.replace(/=+$/, '');
      const ofLine = Buffer.from(`${identifier}:${PASSWORD}\n`, 'utf8').toString('base64');

      for (const form of [unpadded, ofLine, Buffer.from(token, 'base64').toString('base64url')]) await testConnection(site.tenantUrl, form);
    });
  });

  describe('in Entra ID', () => {
    it('5: Tenant URL and Secret Token pass Test Connection', () => testConnection(site.tenantUrl, token));

    it('8 and 9: a user is provisioned on demand with every attribute of the mapping', async () => {
      const id = await entra().provisionOnDemand(mapped('ada'));

      expect((await entra().read(id)).body).toMatchObject(mapped('ada'));
    });

    it('10 to 15: the initial cycle brings the users and groups in scope', async () => {
      ids = await entra().initialCycle([mapped('ada'), mapped('ben'), mapped('cleo')]);
      await entra().provisionGroup('Purchasing', ids);

      expect(await site.scim('group members Purchasing')).toContain('cleo@example.com');
    });
  });

  describe('and then', () => {
    it('an update, a manager, a disable and a removal arrive', async () => {
      const [ada = '', ben = '', cleo = ''] = ids;
      await entra().update(ada, `${INFOR}:lnUser`, 'changed');
      await entra().update(ben, `${ENTERPRISE}:manager`, ada);
      await entra().disable(ben);

      expect(await entra().remove(cleo)).toBe(204);
      expect((await entra().read(ada)).body).toMatchObject({ [INFOR]: { ...extension('ada'), lnUser: 'changed' } });
      expect((await entra().read(ben)).body).toMatchObject({ active: false, [ENTERPRISE]: { manager: { value: ada } } });
    });

    it('the list a person would look at shows who is there, and who is disabled', async () => {
      const list = await site.scim('user list');

      expect(list).toMatch(/ben@example\.com.*disabled/);
      expect(list).not.toContain('cleo@example.com');
    });

    it('there are several SCIM accounts, and a password is changed without a new identifier', async () => {
      const second = await site.json('account create --app infor --password-stdin', { input: 'A second:password of otters\n' });
      await untilAccepted(site.tenantUrl, String(second['bearerToken']));
      await testConnection(site.tenantUrl, String(second['bearerToken']));
      const changed = await site.json(`account password ${second['identifier']} --password-stdin`, {
        input: 'Another;one for the otters\n',
      });

      expect(changed['identifier']).toBe(second['identifier']);
      await untilAccepted(site.tenantUrl, String(changed['bearerToken']));
      await testConnection(site.tenantUrl, String(changed['bearerToken']));
      await testConnection(site.tenantUrl, token);
    });

    it('a weak password is refused with the reason', async () => {
      expect(await site.refused('account create --app infor --password-stdin', { input: 'password\n' })).toMatch(/12|characters|guess/);
    });
  });
});
