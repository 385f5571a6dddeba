import { beforeAll, describe, expect, it } from '@jest/globals';
import type { LogLine } from '../../src/runtime/log.ts';
import { anAdmin } from '../support/directory-administration.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { GROUP, patchOf, USER } from '../support/local-client.ts';

let endpoint: Endpoint;
let id = '';

beforeAll(async () => {
  endpoint = await openEndpoint();
  id = (await endpoint.send('POST', '/Users', { body: { schemas: [USER], userName: 'ada' } })).json.id;
});

const STALE = { 'if-match': 'W/"99"' };

const patch = (value: unknown, path = 'active') =>
  endpoint.send('PATCH', `/Users/${id}`, { body: patchOf({ op: 'replace', path, value }) });

describe('the line of a change', () => {
  it('says what has become of a user whose "active" it changed', async () => {
    expect((await patch(false)).line).toMatchObject({ changed: ['active'], state: 'disabled' });
    expect((await patch(false)).line).not.toHaveProperty('state');
    expect((await patch(true)).line).toMatchObject({ state: 'enabled' });
    expect((await patch('x', 'title')).line).not.toHaveProperty('state');
  });

  it.each([
    ['a PATCH', () => endpoint.send('PATCH', `/Users/${id}`, { body: patchOf({ op: 'remove', path: 'title' }), headers: STALE })],
    ['a DELETE', () => endpoint.send('DELETE', `/Users/${id}`, { headers: STALE })],
  ])('names whom %s was about that was refused once the resource had been read', async (_, send) => {
    const { line } = await send();

    expect(line).toMatchObject({ refusal: expect.any(String), subject: 'ada', resourceId: id });
  });

  it('names the group whose change of members was refused', async () => {
    const group = await endpoint.send('POST', '/Groups', { body: { schemas: [GROUP], displayName: 'Guides' } });
    const body = patchOf({ op: 'add', path: 'members', value: [{ value: '01a1fd9c-b400-7742-9fca-8a02df412894' }] });

    const { line } = await endpoint.send('PATCH', `/Groups/${group.json.id}`, { body });

    expect(line).toMatchObject({ refusal: 'invalidValue', subject: 'Guides' });
  });

  it('counts the members that it gave to a group and took from it', async () => {
    const bob = await endpoint.send('POST', '/Users', { body: { schemas: [USER], userName: 'bob.of.guides' } });
    const member = { value: bob.json.id };
    const group = await endpoint.send('POST', '/Groups', { body: { schemas: [GROUP], displayName: 'Counted', members: [{ value: id }] } });
    const change = (...operations: readonly object[]) =>
      endpoint.send('PATCH', `/Groups/${group.json.id}`, { body: patchOf(...operations) });

    const both = await change({ op: 'add', path: 'members', value: [member] }, { op: 'remove', path: `members[value eq "${id}"]` });
    const again = await change({ op: 'add', path: 'members', value: [member] });

    expect(group.line).toMatchObject({ membersAdded: 1 });
    expect(group.line).not.toHaveProperty('membersRemoved');
    expect(both.line).toMatchObject({ membersAdded: 1, membersRemoved: 1 });
    expect(again.line).not.toHaveProperty('membersAdded');
  });

  it('names the resource as the body of a refused PUT does', async () => {
    const { line } = await endpoint.send('PUT', `/Users/${id}`, { body: { schemas: [USER], userName: 'bob', active: 'no boolean' } });

    expect(line).toMatchObject({ refusal: 'invalidValue', subject: 'bob' });
  });

  it('names whom it was about that the policy has us ignore', async () => {
    const ignoring = await openIgnoring();

    expect(await ignoring.send('PATCH', { body: patchOf({ op: 'replace', path: 'title', value: 'x' }) })).toMatchObject({
      policy: 'ignore',
      subject: 'ada',
    });
    expect(await ignoring.send('DELETE')).toMatchObject({ policy: 'ignore', subject: 'ada' });
  });

  it('names nobody when a resource is read', async () => {
    expect((await endpoint.send('GET', `/Users/${id}`)).line).not.toHaveProperty('subject');
  });
});

async function openIgnoring() {
  const { table } = endpoint;
  const opened = await openEndpoint({ policy: { features: { update: 'ignore', remove: 'ignore' } }, openStore: async () => table });
  return {
    send: async (method: string, sent = {}) => (await opened.send(method, `/Users/${id}`, sent)).line,
  };
}

const namesOf = (lines: readonly LogLine[]) =>
  lines.map((line) => ('subject' in line ? [line.subject, 'resourceId' in line ? line.resourceId : ''] : []));

describe("the line of an operator's act", () => {
  it('names whom it changed, and what changed', async () => {
    const { ask, lines } = anAdmin(endpoint.table);
    for (const act of ['resource.disable', 'resource.disable', 'resource.remove', 'resource.restore', 'resource.purge'] as const)
      await ask({ act, by: 'ops', resource: 'ada' });

    expect(namesOf(lines)).toEqual(Array.from({ length: 5 }, () => ['ada', id]));
    expect(lines.slice(0, 2)).toMatchObject([{ changed: ['active'] }, { changed: [] }]);
  });

  it('names what a refused change asked for, unless it could be a secret', async () => {
    const { ask, lines } = anAdmin(endpoint.table);
    for (const resource of ['nobody', id.toUpperCase(), `scim_${'a'.repeat(49)}`])
      await ask({ act: 'resource.disable', by: 'ops', resource });
    await ask({ act: 'resource.show', by: 'ops', resource: 'nobody' });

    expect(lines).toMatchObject([{ subject: 'nobody', resourceType: 'User' }, { resourceId: id }, {}, {}]);
    expect(namesOf(lines.slice(1))).toEqual([[], [], []]);
  });
});
