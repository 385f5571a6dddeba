import type { Answer } from '../../test/support/endpoint.ts';
import { nameOf } from '../support/invented.ts';
import { addedMembers, aGroup, aUser, patchOf, removedMember, replaced } from '../support/messages.ts';
import { type CapacitySite, type Cost, costOf, done } from './site.ts';

/** What one kind of request costs in a directory of so many users, in a group of so many members. */
export type Row = { readonly operation: string; readonly size: number; readonly cost: Cost };

/** With a user who is in no group. */
type PopulatedSite = CapacitySite & { readonly outsider: string };

type Request = (site: PopulatedSite, turn: string) => Promise<Answer>;

const filtered =
  (filter: (site: PopulatedSite) => string): Request =>
  (site) =>
    site.endpoint.send('GET', '/Users', { query: { filter: filter(site) } });

/** Any one in the middle. */
const someName = ({ size }: CapacitySite): string => nameOf(Math.floor(size / 2));

const patchEveryone =
  (change: (site: PopulatedSite) => object): Request =>
  (site) =>
    site.endpoint.send('PATCH', `/Groups/${site.everyone.id}`, { body: patchOf(change(site)) });

/** In this order: the member is added before it is removed, the user created before it is changed and deleted. */
const REQUESTS: Readonly<Record<string, Request>> = {
  'userName eq, hit': filtered((site) => `userName eq "${someName(site)}@example.com"`),
  'userName eq, miss': filtered(() => 'userName eq "nobody@example.com"'),
  'externalId eq': filtered((site) => `externalId eq "external-${someName(site)}"`),
  'emails.value eq': filtered((site) => `emails[type eq "work"].value eq "${someName(site)}@example.com"`),
  'user by id': (site) => site.endpoint.send('GET', `/Users/${site.users[Math.floor(site.size / 2)]?.id}`),
  'group without members': (site) => site.endpoint.send('GET', `/Groups/${site.everyone.id}`, { query: { excludedAttributes: 'members' } }),
  'add one member': patchEveryone(({ outsider }) => addedMembers(outsider)),
  'remove one member': patchEveryone(({ outsider }) => removedMember(outsider)),
  'create user': ({ endpoint }, turn) =>
    endpoint.send('POST', '/Users', {
      body: aUser(`new-${turn}@example.com`, {
        externalId: `external-new-${turn}`,
        emails: [{ value: `new-${turn}@example.com`, type: 'work', primary: true }],
      }),
    }),
  'change user': async (site, turn) => {
    const id = await idOf(site, `new-${turn}@example.com`);
    return site.endpoint.send('PATCH', `/Users/${id}`, { body: patchOf(replaced('title', 'Head of it all')) });
  },
  'delete user': async (site, turn) => site.endpoint.send('DELETE', `/Users/${await idOf(site, `new-${turn}@example.com`)}`),
};

async function idOf({ endpoint }: CapacitySite, userName: string): Promise<string> {
  const { json } = done(await endpoint.send('GET', '/Users', { query: { filter: `userName eq "${userName}"`, attributes: 'id' } }));
  return json.Resources[0].id;
}

/** Each request is sent twice and counted the second time: rows remember their last change, and begin from the same one then. */
export async function measureOperations(site: CapacitySite): Promise<readonly Row[]> {
  const names = Object.keys(REQUESTS);
  const { json } = done(await site.endpoint.send('POST', '/Users', { body: aUser('outsider@example.com') }));
  const populated = { ...site, outsider: json.id };
  await measureAll(populated, names, 'a');
  return measureAll(populated, names, 'b');
}

async function measureAll(site: PopulatedSite, names: readonly string[], turn: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const operation of names) {
    const request = REQUESTS[operation];
    if (request === undefined) throw new TypeError(`there is no operation ${operation}`);
    rows.push({ operation, size: site.size, cost: await costOf(site, () => request(site, turn)) });
  }
  return rows;
}

/** One PATCH that adds so many: the one operation whose cost is bound to grow. */
export async function measureManyMembers(site: CapacitySite, count: number): Promise<Row> {
  const { json } = done(await site.endpoint.send('POST', '/Groups', { body: aGroup('many') }));
  const ids = site.users.slice(0, count).map(({ id }) => id);
  const cost = await costOf(site, () => site.endpoint.send('PATCH', `/Groups/${json.id}`, { body: patchOf(addedMembers(...ids)) }));
  return { operation: `add ${ids.length} members`, size: site.size, cost };
}
