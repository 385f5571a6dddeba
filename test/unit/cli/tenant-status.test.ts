import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { statusOf } from '../../../cli/commands/tenant/status/tenant-status.ts';
import { readVersion } from '../../../cli/version.ts';
import { aTerminal } from '../../support/admin-terminal.ts';
import { aService, aStack } from '../../support/aws/fleet.ts';
import { openFleetSite } from '../../support/fleet-process.ts';
import { temporaryFolder } from '../../support/local-folder.ts';

const NOW = new Date('2026-06-01T00:00:00.000Z');

const learning = {
  ...{ tenant: 'a', stackName: 'scim-a' },
  stack: { value: { state: 'UPDATE_COMPLETE', outputs: new Map([['Version', '0.0.9']]) } },
  alarms: { value: [] },
  service: { value: aService({ now: NOW.toISOString() }) },
};

describe('scim tenant status', () => {
  it('shows a row for each tenant, and what somebody has to see to', async () => {
    await using site = await openFleetSite();
    site.aws.stacks.set('scim-a', aStack({ version: readVersion(), alarms: { 'scim-a-5xx': false, 'scim-a-p99': false } }));
    site.aws.stacks.set('scim-b', aStack({ alarms: { 'scim-b-5xx': false, 'scim-b-p99': true, 'scim-b-401': true } }));

    const { status, out, err } = await site.scim('tenant status');

    expect({ status, err }).toEqual({ status: 1, err: '2 tenants need attention.\n' });
    const lines = out.split('\n').map((line) => line.split(/ {2,}/));
    expect(lines.slice(0, 4)).toEqual([
      ['TENANT', 'VERSION', 'STATE', 'LAST REQUEST', 'USERS', 'ACTIVE', 'GROUPS', 'ALARMS', 'EXPIRING'],
      ['a', readVersion(), 'UPDATE_COMPLETE', '2026-05-31T23:04Z', '120', '100', '7', '0', '0'],
      ['b', `0.0.9 (${readVersion()} here)`, 'UPDATE_COMPLETE', '2026-05-31T23:04Z', '120', '100', '7', '2', '0'],
      ['c', '?', '?', '?', '?', '?', '?', '?', '?'],
    ]);
    expect(lines.slice(4).flat()).toEqual([
      'b: the alarm scim-b-p99 is raised since 2026-05-28T20:26:40.000Z: what scim-b-p99 means',
      'b: the alarm scim-b-401 is raised since 2026-05-28T20:26:40.000Z: what scim-b-401 means',
      'c: it is not deployed: npx cdk deploy scim-c',
      '',
    ]);
  });

  it('prints JSON of those that are named, and ends with 0 when all is well', async () => {
    await using site = await openFleetSite();
    site.aws.stacks.set('scim-b', aStack());

    const { status, out, err } = await site.scim('tenant status b --json');

    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(JSON.parse(out)).toEqual({
      version: readVersion(),
      tenants: [
        {
          ...{
            tenant: 'b',
            stack: 'scim-b',
            state: 'UPDATE_COMPLETE',
            version: '0.0.9',
            tenantUrl: `${site.aws.standIn.url}/endpoint/scim-b`,
          },
          ...{ lastRequest: '2026-05-31T23:04:59.000Z', users: 120, activeUsers: 100, groups: 7, alarms: [], expiring: 0, attention: [] },
        },
      ],
    });
  });

  it('shows what there is of a tenant whose parts cannot be asked, with the reason', async () => {
    await using site = await openFleetSite();
    site.aws.stacks.set('scim-a', aStack({ service: () => new Error('the table is out of reach') }));

    const { status, out } = await site.scim('tenant status a');

    expect(status).toBe(1);
    expect(out).toMatch(
      /a +0\.0\.9 .* UPDATE_COMPLETE +\? +\? +\? +\? +0 +\?\na: the admin function cannot be asked: the table is out of reach\n/,
    );
  });

  it('names a file that is wrong, and one that is not there', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'bad.json'), '{ "name": "bad", "stag": "x" }');
    const { scim, out, err } = aTerminal({ tenantsFolder: folder.path });

    expect(await scim('tenant status')).toBe(1);
    expect(await scim('tenant status none')).toBe(1);
    expect(await scim('tenant status ../bad')).toBe(2);
    expect(await scim('tenant status bad --local')).toBe(2);

    expect(out.join('\n')).toMatch(/bad: .*bad\.json: unknown key "stag"; did you mean "stage"\?/);
    expect(err).toEqual([
      'One tenant needs attention.',
      expect.stringMatching(/There is no .*none\.json; there are bad/),
      expect.stringMatching(/named as its file is/),
      expect.stringMatching(/name no tenants with it/),
    ]);
  });

  it('says how to begin where there is no tenant', async () => {
    const { scim, out, err } = aTerminal();

    expect(await scim('tenant status')).toBe(0);

    expect(out).toEqual([]);
    expect(err).toEqual([expect.stringMatching(/no files in \/no\/tenants; "scim tenant add"/)]);
  });
});

describe('what somebody has to see to', () => {
  it.each([
    [{}, []],
    [{ stack: { reason: 'no permission' }, alarms: undefined, service: undefined }, ['the stack cannot be asked: no permission']],
    [{ alarms: { reason: 'no permission' } }, ['its alarms cannot be asked: no permission']],
    [{ stack: { value: { state: 'UPDATE_IN_PROGRESS', outputs: new Map() } } }, []],
    [{ stack: { value: { state: 'UPDATE_ROLLBACK_COMPLETE', outputs: new Map() } } }, [/was taken back \(UPDATE_ROLLBACK_COMPLETE\)/]],
    [{ stack: { value: { state: 'ROLLBACK_COMPLETE', outputs: new Map() } } }, [/was taken back/]],
    [{ stack: { value: { state: 'UPDATE_ROLLBACK_FAILED', outputs: new Map() } } }, [/could not finish \(UPDATE_ROLLBACK_FAILED\)/]],
    [{ service: { value: aService({ now: NOW.toISOString(), credentials: [] }) } }, [/hr: no credential is accepted: Make one with/]],
  ])('of %j is %j', (overrides, words) => {
    const { attention } = statusOf({ ...learning, ...overrides }, NOW);

    expect(attention).toEqual(words.map((each) => expect.stringMatching(each)));
  });

  it('counts the credentials that expire soon, and no others', () => {
    const [credential] = aService().credentials;
    const inDays = (days: number): string => new Date(NOW.getTime() + days * 86_400_000).toISOString();
    const credentials = [10, 30, 31].flatMap((days) => (credential ? [{ ...credential, expiresAt: inDays(days) }] : []));

    expect(statusOf({ ...learning, service: { value: aService({ now: NOW.toISOString(), credentials }) } }, NOW).expiring).toBe(2);
  });
});
