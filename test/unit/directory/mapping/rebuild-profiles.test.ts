import { describe, expect, it } from '@jest/globals';
import { applicationSchema } from '../../../../src/access/application.ts';
import { rebuildName, revisionOf } from '../../../../src/access/mapping-rebuilds.ts';
import { profileRebuild } from '../../../../src/directory/mapping/rebuild-profiles.ts';
import { REGISTRY } from '../../../../src/scim/schema/resource-types.ts';
import { aCall } from '../../../support/store-call.ts';

const entries = [{ target: 'login', path: 'userName' }];
const anApplication = (mapping: unknown) =>
  applicationSchema.parse({ key: 'hr', title: 'HR', policy: {}, mapping, schemaVersion: 1, createdAt: '2026-01-01T00:00:00.000Z' });

const NAME = rebuildName({ application: 'hr', type: 'User' });

function taskOf(mapping: unknown, { name = NAME, revision = revisionOf(entries) } = {}) {
  const applications = { find: async () => anApplication(mapping) };
  const backfill = { name, type: 'User', revision, startedAt: '', seen: 0, changed: 0, stuck: 0, stuckIds: [] };
  return profileRebuild({ applications, registry: REGISTRY })(backfill, aCall());
}

describe('the rebuild of profiles', () => {
  it('is wanted for the mapping it was announced for', async () => {
    expect(await taskOf({ User: entries })).toBeDefined();
  });

  it.each([
    ['another mapping', { User: [{ target: 'login', path: 'displayName' }] }, {}],
    ['one of a later version, which cannot be read: what profiles there are stay', { User: [{ target: 'login', script: 'x' }] }, {}],
    ['a resource type that is no more', { User: entries }, { name: rebuildName({ application: 'hr', type: 'Device' }) }],
    ['work of another kind', { User: entries }, { name: 'matching/User/title' }],
  ])('is not for %s', async (_what, mapping, announced) => {
    expect(await taskOf(mapping, announced)).toBeUndefined();
  });
});
