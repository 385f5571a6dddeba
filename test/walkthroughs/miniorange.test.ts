import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reportSchema } from '../../src/audit/report/answer.ts';
import type { Row } from '../../src/audit/report/row.ts';
import { patchOf } from '../support/local-client.ts';
import { entraId } from './entra-id.ts';
import { aPerson } from './people.ts';
import { openSite, type Site, testConnection } from './site.ts';

/** The attributes that the guides have one map. */
const MAPPING = {
  User: [
    { target: 'username', path: 'userName' },
    { target: 'firstName', path: 'name.givenName' },
    { target: 'lastName', path: 'name.familyName' },
    { target: 'email', path: 'emails[type eq "work"].value', transforms: ['lowerCase'] },
    { target: 'fullName', path: 'displayName' },
  ],
};

/** The two guides of miniOrange say the same of its own side; they differ in what the identity provider is called. */
describe.each([
  ['Azure AD', 'https://www.miniorange.com/user-sync-from-azure-ad-scim', 'My Azure AD'],
  ['Entra ID', 'https://www.miniorange.com/user-sync-from-microsoft-entra-id-scim', 'My Entra ID'],
])('miniOrange with %s, from its guide (%s) to the first cycles', (_name, _guide, title) => {
  let site: Site;
  let folder = '';
  let token = '';
  let ids: readonly string[] = [];
  const entra = () => entraId(site.tenantUrl, token);
  const set = (assignment: string) => site.scim(`app set miniorange --set ${assignment}`);

  beforeAll(async () => {
    site = await openSite('miniorange', 'acme');
    folder = await mkdtemp(join(tmpdir(), 'scim-'));
  }, 60_000);
  afterAll(async () => {
    await site.close();
    await rm(folder, { recursive: true });
  }, 30_000);

  describe('in miniOrange', () => {
    it('1 to 4: Add Application makes a SCIM client', async () => {
      await site.scim('app create miniorange --preset miniorange');
    });

    it('5: it gets a custom application name', async () => {
      await writeFile(join(folder, 'mapping.json'), JSON.stringify(MAPPING));
      await site.scim(`app set miniorange --title ${title.replaceAll(' ', '_')}`);

      expect(await site.json('app show miniorange')).toMatchObject({ title: title.replaceAll(' ', '_') });
    });

    it('6: SCIM Base URL and Bearer Token are there to be copied', async () => {
      token = String((await site.json('token create --app miniorange'))['token']);

      expect(await site.json('app show miniorange')).toMatchObject({ tenantUrl: site.tenantUrl });
    });

    it('7: attributes are mapped, and provisioning features switched on and off', async () => {
      await site.scim(`app map set ${join(folder, 'mapping.json')} --app miniorange`);
      await set('features.create=on features.read=on features.update=on features.remove=on deleteDeactivatedUsers=off');

      expect(await site.json('app show miniorange')).toMatchObject({ policy: { deleteDeactivatedUsers: 'off' } });
    });

    it('note to 7: both can be had again by editing the application', async () => {
      const { issued } = await site.json('app show miniorange');
      const id = /"id":"(\w+)"/.exec(JSON.stringify(issued))?.[1];

      expect(await site.json(`token show ${id}`)).toMatchObject({ token });
      expect(await site.json('app show miniorange')).toMatchObject({ tenantUrl: site.tenantUrl });
    });
  });

  describe('in the identity provider', () => {
    it('6 and 7: Tenant URL and Secret Token pass Test Connection', () => testConnection(site.tenantUrl, token));

    it('a user is provisioned on demand, then the initial cycle brings those in scope', async () => {
      await entra().provisionOnDemand(aPerson('ada'));
      ids = await entra().initialCycle(['ada', 'ben', 'cleo', 'dora'].map((name) => aPerson(name)));

      expect((await entra().scim('GET', '/Users')).body).toMatchObject({ totalResults: 4 });
    });
  });

  describe('and then', () => {
    it('the user list shows the users as they are mapped', async () => {
      const shown = await site.json('user show ada@example.com');

      expect(shown).toMatchObject({
        profile: { username: 'ada@example.com', firstName: 'ada', lastName: 'Example', email: 'ada@example.com', fullName: 'ada Example' },
      });
      expect(await site.scim('user list --columns userName,profile.firstName,profile.fullName')).toMatch(
        /ada@example\.com +ada +ada Example/,
      );
    });

    it('with "Delete the Deactivated users" off, who is unassigned or deleted is disabled, and stays on the user list', async () => {
      const [, ben = '', cleo = ''] = ids;
      await entra().disable(ben);

      expect(await entra().remove(cleo)).toBe(204);
      const list = await site.scim('user list');
      expect(list).toMatch(/ben@example\.com.*disabled/);
      expect(list).toMatch(/cleo@example\.com.*(disabled|kept)/);
    });

    it('with it on, both are removed', async () => {
      const [ada = '', , , dora = ''] = ids;
      await set('deleteDeactivatedUsers=on');
      await entra().disable(dora);

      expect(await entra().find('dora@example.com')).toBeUndefined();
      expect(await entra().remove(ada)).toBe(204);
      const list = await site.scim('user list');
      expect(list).not.toContain('dora@example.com');
      expect(list).not.toContain('ada@example.com');
    });

    it('the provisioning report tells of a person, of an application, of a timespan, and of everything', async () => {
      const rowsOf = async (filters: string): Promise<readonly Row[]> =>
        reportSchema.parse(await site.json(`report ${filters} --format json`)).rows;
      const [all, ben, byApplication] = [await rowsOf(''), await rowsOf('--user BEN@example.com'), await rowsOf('--app miniorange')];

      expect(ben.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual(['create succeeded', 'disable succeeded']);
      expect(all.map(({ subject, action }) => `${action} ${subject}`)).toContain('remove cleo@example.com');
      expect(byApplication).toEqual(all.filter(({ application }) => application === 'miniorange'));
      expect(await rowsOf('--user ben@example.com --app miniorange --since 1h')).toEqual(ben);
      expect(await rowsOf('--from 2000-01-01 --to 2000-01-02')).toEqual([]);
    });

    it.each([
      ['create', () => entra().scim('POST', '/Users', aPerson('erik'))],
      ['update', () => entra().scim('PATCH', `/Users/${ids[1]}`, patchOf({ op: 'Replace', path: 'title', value: 'x' }))],
      ['remove', () => entra().scim('DELETE', `/Users/${ids[1]}`)],
      ['read', () => entra().scim('GET', '/Users')],
    ])('with the feature "%s" off, only that is refused', async (feature, send) => {
      await set(`features.${feature}=refuse`);

      expect(await send()).toMatchObject({ status: 403, body: { detail: expect.stringContaining(feature) } });
      await set(`features.${feature}=on`);
      await testConnection(site.tenantUrl, token);
    });
  });
});
