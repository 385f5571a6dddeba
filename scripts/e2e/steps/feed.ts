import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GROUP, patchOf, type ScimClient, scimClient, USER } from '../../../test/support/local-client.ts';
import { untilAccepted } from '../../smoke/applications.ts';
import { scimDone } from '../commands.ts';
import { eventsSchema, type FedEvent, type FeedQueue, openFeedQueue } from '../feed-queue.ts';
import { REGION } from '../place.ts';
import { PASSING } from '../tenants.ts';
import { outputsOf, type Step, type World } from '../world.ts';
import { makeToken, within } from './credentials.ts';

/** Each change is told twice: to a queue by the bus, and to whoever asks for it by a cursor. */
export const feed: Step = {
  name: 'the change feed, by the bus and by the cursor',
  run: async (world, check) => {
    const { TenantUrl: tenantUrl, EventBusName } = outputsOf(world, PASSING);
    await scimDone(world, 'app', 'create', 'fed', '--tenant', PASSING);
    const changing = await makeToken(world, PASSING, 'fed');
    const following = await makeToken(world, PASSING, 'fed', '--scope', 'events');
    await untilAccepted({ tenantUrl, tokens: [changing.token, following.token], paths: PATHS, signal: world.signal });
    const [scim, asking] = [scimClient({ tenantUrl }, changing.token), scimClient({ tenantUrl }, following.token)];
    check('a token of another scope reads no events', (await scim('GET', '/events')).status === 403);
    check('one of scope events changes nothing', (await asking('POST', '/Users', {})).status === 403);
    await using queue = await openFeedQueue(world, EventBusName);
    const told = await follow(asking, '?from=now');
    const [user, group] = await provision(scim);
    const arrived: Awaited<ReturnType<FeedQueue['take']>>[number][] = [];
    const mine = (events: readonly FedEvent[]) => events.filter(({ resourceId }) => resourceId === user || resourceId === group);
    const hasAll = async (count: number): Promise<boolean> => {
      arrived.push(...(await queue.take()));
      const ids = new Set(mine(arrived.map(({ event }) => event)).map(({ id }) => id));
      return mine(await told.more()).length >= count && ids.size >= count;
    };
    check('every change arrives within 20 s, by both', await within(20, () => hasAll(OF_USER.length + OF_GROUP.length)), typesIn(told.all));
    const typesOf = (id: string) => typesIn(told.all.filter(({ resourceId }) => resourceId === id));
    check('those of the user in their order', typesOf(user) === OF_USER.join(' '), typesOf(user));
    check('those of the group in theirs', typesOf(group) === OF_GROUP.join(' '), typesOf(group));
    check(
      'each later than the one before it',
      [user, group].every((id) => isInOrder(told.all, id)),
    );
    const ofBus = new Map(arrived.map(({ event, detailType }) => [event.id, detailType]));
    check(
      'the queue has the same',
      mine(told.all).every(({ id, type }) => ofBus.get(id) === type),
      JSON.stringify([...ofBus]),
    );
    await putAside(world, { kind: 'announce', type: 'User', id: user });
    await scimDone(world, 'events', 'redrive', '--tenant', PASSING);
    check('what was put aside is told again', await within(20, async () => hasGone(await told.more(), user)), typesOf(user));
  },
};

/** One of each function that this step asks: both tokens are waited for at once. */
const PATHS = ['/Users?count=0', '/Groups?count=0', '/events?from=now'];

const OF_USER = ['user.created', 'user.updated', 'user.deactivated', 'user.reactivated', 'user.removed'];
const OF_GROUP = ['group.created', 'members.added', 'group.renamed', 'members.removed', 'group.removed'];

/** What a client sends for one person and one group, from the first day to the last. */
async function provision(scim: ScimClient): Promise<readonly [string, string]> {
  const user = String((await scim('POST', '/Users', { schemas: [USER], userName: 'fed@example.com', active: true })).body['id']);
  const group = String((await scim('POST', '/Groups', { schemas: [GROUP], displayName: 'Fed' })).body['id']);
  const changes = [
    [`/Users/${user}`, { op: 'replace', path: 'title', value: 'Dr' }],
    [`/Users/${user}`, { op: 'replace', path: 'active', value: false }],
    [`/Users/${user}`, { op: 'replace', path: 'active', value: true }],
    [`/Groups/${group}`, { op: 'add', path: 'members', value: [{ value: user }] }],
    [`/Groups/${group}`, { op: 'replace', path: 'displayName', value: 'Well fed' }],
    [`/Groups/${group}`, { op: 'remove', path: `members[value eq "${user}"]` }],
  ] as const;
  for (const [path, operation] of changes) await scim('PATCH', path, patchOf(operation));
  for (const path of [`/Users/${user}`, `/Groups/${group}`]) await scim('DELETE', path);
  return [user, group];
}

/** Follows the feed from a place on, as an application does. */
async function follow(asking: ScimClient, from: string) {
  const all: FedEvent[] = [];
  let query = from;
  const more = async (): Promise<readonly FedEvent[]> => {
    const { body, text } = await asking('GET', `/events${query}`);
    if (typeof body['nextCursor'] !== 'string') throw new TypeError(`the feed has no cursor: ${text}`);
    query = `?wait=2&cursor=${body['nextCursor']}`;
    all.push(...eventsSchema.parse(body['events']));
    return all;
  };
  await more();
  return { all, more };
}

const typesIn = (events: readonly FedEvent[]): string => events.map(({ type }) => type).join(' ');

const isInOrder = (events: readonly FedEvent[], id: string): boolean =>
  events
    .filter(({ resourceId }) => resourceId === id)
    .every(({ version, part }, at, all) => {
      const before = all[at - 1];
      return before === undefined || version > before.version || (version === before.version && part > before.part);
    });

/** Says whether a removal was told once more than by the removal itself. */
const hasGone = (events: readonly FedEvent[], id: string): boolean =>
  events.filter(({ resourceId, type }) => resourceId === id && type === 'user.removed').length > 1;

/** Puts something into the queue of dead letters, as the stream function does with what it cannot understand. */
async function putAside({ emulator, ...world }: World, message: object): Promise<void> {
  const { DeadLetterQueueUrl: QueueUrl } = outputsOf({ emulator, ...world }, PASSING);
  const client = new SQSClient({
    endpoint: emulator.endpoint,
    region: REGION,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message) }));
}
