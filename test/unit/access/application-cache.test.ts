import { describe, expect, it } from '@jest/globals';
import { type Application, applicationSchema } from '../../../src/access/application.ts';
import { applicationFinder, applicationLookUp } from '../../../src/access/application-cache.ts';
import { aCall } from '../../support/access-memory.ts';

const anApplication = (key: string, policy: object = {}): Application =>
  applicationSchema.parse({ key, title: key, policy, schemaVersion: 1, createdAt: '2026-01-01T00:00:00.000Z' });

function setUp(...applications: readonly Application[]) {
  const world = { nowMs: 0, reads: 0, stored: new Map(applications.map((application) => [application.key, application])) };
  const find = async (key: string) => {
    world.reads += 1;
    return world.stored.get(key);
  };
  const now = () => world.nowMs;
  const lookUp = applicationLookUp({ applications: { find }, now });
  return { world, lookUp, find: applicationFinder(lookUp, now) };
}

describe('finding an application', () => {
  it('gives the stored one', async () => {
    const { find } = setUp(anApplication('hr', { resourceTypes: ['User'] }));

    await expect(find('hr', aCall())).resolves.toMatchObject({ key: 'hr', policy: { resourceTypes: ['User'] } });
  });

  it('serves a tenant without settings by the default application', async () => {
    await expect(setUp().find('default', aCall())).resolves.toMatchObject({ key: 'default', policy: { resourceTypes: 'all' } });
  });

  it('refuses a credential whose application is gone', async () => {
    await expect(setUp().find('hr', aCall())).rejects.toMatchObject({ kind: 'forbidden', message: expect.stringContaining('"hr"') });
  });

  it('asks each time where that is wanted', async () => {
    const stored = anApplication('default');
    let reads = 0;
    const applications = {
      find: async () => {
        reads += 1;
        return stored;
      },
    };
    const find = applicationFinder(applicationLookUp({ applications, now: () => 0, freshMs: 0 }), () => 0);
    await find('default', aCall());
    await find('default', aCall());

    expect(reads).toBe(2);
  });

  it('refuses the credentials of one that is disabled, until it is enabled again', async () => {
    const { find, world } = setUp({ ...anApplication('hr'), state: 'disabled' });
    await expect(find('hr', aCall())).rejects.toMatchObject({ kind: 'forbidden', message: expect.stringContaining('scim app enable') });
    world.stored.set('hr', anApplication('hr'));

    await expect(find('hr', aCall())).rejects.toMatchObject({ kind: 'forbidden' });
    world.nowMs = 30_000;
    await expect(find('hr', aCall())).resolves.toMatchObject({ key: 'hr' });
  });

  it('follows a changed policy within 30 s, and asks no earlier', async () => {
    const { find, world } = setUp(anApplication('default'));
    await find('default', aCall());
    world.stored.set('default', anApplication('default', { resourceTypes: ['User'] }));

    world.nowMs = 29_999;
    await expect(find('default', aCall())).resolves.toMatchObject({ policy: { resourceTypes: 'all' } });
    world.nowMs = 30_000;
    await expect(find('default', aCall())).resolves.toMatchObject({ policy: { resourceTypes: ['User'] } });
    expect(world.reads).toBe(2);
  });

  it('remembers that there is none, for whoever asks about what it has left', async () => {
    const { lookUp, world } = setUp();

    await expect(lookUp('gone', aCall())).resolves.toBeUndefined();
    await lookUp('gone', aCall());
    expect(world.reads).toBe(1);
  });
});
