import { beforeEach, describe, expect, it } from '@jest/globals';
import type { FeedAdministration } from '../../src/directory/feed/operator/administration.ts';
import type { FeedEntry } from '../../src/directory/feed/ports.ts';
import { openFeedLog } from '../../src/dynamodb/feed/log.ts';
import { aDirectoryTerminal } from '../support/directory-terminal.ts';
import { fillUsers } from '../support/dynamodb-fill.ts';
import { logOf } from '../support/log-memory.ts';
import { aCall } from '../support/store-call.ts';
import { openTestStore, type TestStore } from '../support/store-open.ts';
import { aGroup, aUser, creation, deletion, newId } from '../support/store-resources.ts';

const HOUR_MS = 3_600_000;
const ADA = aUser('ada@example.com');
const BOB = aUser('bob');
const STAFF = aGroup('Staff');

let table: TestStore;
let behindMs: number;

beforeEach(async () => {
  table = await openTestStore();
  behindMs = 0;
});

const now = (): number => Date.now() - behindMs;

type Options = Pick<NonNullable<Parameters<typeof aDirectoryTerminal>[1]>, 'feed' | 'log' | 'onInterrupt' | 'pause' | 'isLost'>;

const open = (options: Options = {}) => aDirectoryTerminal(table, { now, ...options });

const interrupted: Options['onInterrupt'] = (listener) => {
  listener();
  return () => {};
};

type Scene = ReturnType<typeof open>;

/** The log as it is where events are kept for a day. */
const logOfOneDay = () => openFeedLog({ client: table.client, tableName: table.tableName, tenant: 'example', retentionDays: 1, now });

const entry = (type: FeedEntry['type'], { id, type: resourceType }: typeof ADA, more: Partial<FeedEntry> = {}): FeedEntry => ({
  type,
  resourceType,
  resourceId: id,
  version: 1,
  part: 0,
  time: '2026-06-01T08:00:00.123Z',
  application: 'entra',
  requestId: 'request-7',
  ...more,
});

/** Writes each list down so many hours ago. */
async function tell({ world }: Scene, told: Readonly<Record<number, readonly FeedEntry[]>>): Promise<void> {
  const hours = Object.keys(told).map(Number);
  for (const hour of hours.toSorted((one, other) => other - one)) {
    behindMs = hour * HOUR_MS;
    await world.append(told[hour] ?? []);
  }
  behindMs = 0;
}

const DAY = {
  30: [entry('user.created', BOB)],
  5: [entry('user.created', ADA), entry('group.created', STAFF)],
  3: [
    entry('members.added', STAFF, { version: 2, members: [ADA.id, BOB.id] }),
    entry('user.deactivated', ADA, { version: 2, paths: ['active', 'title'], active: false }),
  ],
  1: [entry('user.removed', BOB, { version: 2 })],
};

/** The types of the events that were shown. */
const typesIn = (lines: readonly string[]): readonly string[] => lines.map((line) => JSON.parse(line).type);

describe('scim events replay', () => {
  it('shows what was told within the last day, an event in a line', async () => {
    const scene = open();
    await tell(scene, DAY);

    const { status, out, err } = await scene.scim('events', 'replay');

    expect({ status, err }).toEqual({ status: 0, err: [] });
    expect(out).toEqual([
      `2026-06-01T08:00:00Z  user.created       ${ADA.id}  1.0  entra  request-7`,
      `2026-06-01T08:00:00Z  group.created      ${STAFF.id}  1.0  entra  request-7`,
      `2026-06-01T08:00:00Z  members.added      ${STAFF.id}  2.0  2 members  entra  request-7`,
      `2026-06-01T08:00:00Z  user.deactivated   ${ADA.id}  2.0  changed active, title  not active  entra  request-7`,
      `2026-06-01T08:00:00Z  user.removed       ${BOB.id}  2.0  entra  request-7`,
    ]);
  });

  it('shows with --json each event whole, and no control character to a terminal', async () => {
    const scene = open({ feed: { settings: { values: 'profile', retentionDays: 30 } } });
    await tell(scene, { 1: [entry('user.created', ADA, { application: '\u001b[2J', profile: { login: 'ada' } })] });

    const whole = await scene.scim('events', 'replay', '--json');
    const lines = await scene.scim('events', 'replay');

    expect(JSON.parse(whole.out[0] ?? '')).toMatchObject({ id: `${ADA.id}.1.0`, tenant: 'example', profile: { login: 'ada' } });
    expect(lines.out[0]).toContain('?[2J');
  });

  it('shows and sends no values that were written down when the operator still let them out', async () => {
    const scene = open();
    await tell(scene, {
      1: [entry('user.created', ADA, { profile: { login: 'ada' } }), entry('user.updated', ADA, { profileOmitted: true })],
    });

    const { out } = await scene.scim('events', 'replay', '--json');
    await scene.scim('events', 'replay', '--publish');

    expect(out).toHaveLength(2);
    expect(scene.world.published).toHaveLength(2);
    expect(JSON.stringify([out, scene.world.published])).not.toContain('profile');
  });

  it('says that something may be missing when it is asked for more than is kept, unless nothing ever came before', async () => {
    const all = open();
    await tell(all, DAY);
    const younger = await all.scim('events', 'replay', '--since', '60d');
    const short = open({ feed: { settings: { values: 'none', retentionDays: 1 } } });
    const kept = open({ feed: { settings: { values: 'none', retentionDays: 1 }, log: logOfOneDay() } });

    const expired = await kept.scim('events', 'replay', '--since', '2d', '--json');
    const within = await kept.scim('events', 'replay', '--since', '23h', '--json');

    expect([younger.err, (await short.scim('events', 'replay', '--since', '1d')).err]).toEqual([[], []]);
    expect(typesIn(expired.out)).toHaveLength(5);
    expect(expired.err).toEqual(['Some events are missing here: they had expired before they were read.']);
    expect(within.err).toEqual([]);
  });

  it('says at Ctrl-C how to go on, and not that nothing was told', async () => {
    const later = { generation: 1, position: 9, index: 0 };
    const read = async () => ({ events: [], next: later, isEnd: false, asOfMs: 0, hasGap: false });
    const since = async (time: Date) => ({ ...later, position: time.getTime() < now() - HOUR_MS ? 1 : 99 });
    const log = { ...LOST, since, read };
    const scene = aDirectoryTerminal(table, { now, onInterrupt: interrupted, remainingMs: 1, feed: { log } });

    const { status, err } = await scene.scim('events', 'replay');

    expect({ status, err }).toEqual({
      status: 1,
      err: [expect.stringMatching(/^Stopped after 0 events: go on with --cursor 1\.9\.0 --to \S+Z\.$/)],
    });
  });

  it('shows of a user what was told of the user, and of groups that named it', async () => {
    const scene = open();
    await table.store.commit(creation(ADA), aCall());
    await tell(scene, DAY);

    const byName = await scene.scim('events', 'replay', '--user', 'Ada@example.com', '--json');
    const byId = await scene.scim('events', 'replay', '--user', BOB.id.toUpperCase(), '--since', '2d', '--json');

    expect(typesIn(byName.out)).toEqual(['user.created', 'members.added', 'user.deactivated']);
    expect(typesIn(byId.out)).toEqual(['user.created', 'members.added', 'user.removed']);
  });

  it('shows of a group, of a resource, and of a type what was told of it', async () => {
    const scene = open();
    await table.store.commit(creation(STAFF), aCall());
    await tell(scene, DAY);

    const group = await scene.scim('events', 'replay', '--group', 'staff', '--json');
    const resource = await scene.scim('events', 'replay', '--resource', STAFF.id, '--type', 'group', '--json');
    const type = await scene.scim('events', 'replay', '--type', 'user', '--json');

    expect(typesIn(group.out)).toEqual(['group.created', 'members.added']);
    expect(resource.out).toEqual(group.out);
    expect(typesIn(type.out)).toEqual(['user.created', 'user.deactivated', 'user.removed']);
  });

  it('keeps to the timespan: what was written down in it, its end left out', async () => {
    const scene = open();
    await tell(scene, DAY);
    const ago = (hours: number): string => new Date(now() - hours * HOUR_MS).toISOString();

    const some = await scene.scim('events', 'replay', '--from', ago(4), '--to', ago(2), '--json');
    const none = await scene.scim('events', 'replay', '--from', ago(2.5), '--to', ago(2));

    expect(typesIn(some.out)).toEqual(['members.added', 'user.deactivated']);
    expect(none).toMatchObject({ status: 0, out: [], err: ['Nothing was told in that timespan.'] });
  });

  it('goes through more than an answer has, and asks for a name once', async () => {
    const scene = open();
    await table.store.commit(creation(ADA), aCall());
    const many = Array.from({ length: 2_300 }, (_, index) => entry('user.updated', ADA, { version: index + 1 }));
    await tell(scene, { 1: many });

    const { out } = await scene.scim('events', 'replay', '--user', 'ada@example.com', '--json');

    expect(out.map((line) => JSON.parse(line).version)).toEqual(many.map(({ version }) => version));
    expect(scene.asked.map((asked) => 'resource' in asked && asked.resource)).toEqual(['ada@example.com', ADA.id, ADA.id]);
  });

  it('leaves a line about each page, of whom it was, without what was found', async () => {
    const scene = open();
    await table.store.commit(creation(ADA), aCall());
    await tell(scene, DAY);

    await scene.scim('events', 'replay', '--user', 'ada@example.com');

    expect(scene.lines).toMatchObject([
      { event: 'admin', act: 'events.read', by: 'ada', resourceType: 'User', resourceId: ADA.id, counts: { events: 3 }, outcome: 'done' },
    ]);
    expect(JSON.stringify(scene.lines)).not.toContain('@example.com');
  });
});

describe('scim events replay --publish', () => {
  it('sends the same events to the bus again, step by step, and says how many', async () => {
    const scene = open();
    const many = Array.from({ length: 1_200 }, (_, index) => entry('user.updated', ADA, { version: index + 1 }));
    await tell(scene, { 1: many });

    const { out } = await scene.scim('events', 'replay', '--publish');

    expect(out).toEqual(['1,200 events sent again.']);
    expect(scene.world.published.map(({ version }) => version)).toEqual(many.map(({ version }) => version));
    expect(scene.world.published[0]?.id).toBe(`${ADA.id}.1.0`);
    expect(scene.lines.map((line) => 'counts' in line && [line.counts, 'continued' in line])).toEqual([
      [{ events: 500 }, false],
      [{ events: 500 }, true],
      [{ events: 200 }, true],
    ]);
  });

  it('sends nothing with --dry-run', async () => {
    const scene = open();
    await tell(scene, DAY);

    const { out } = await scene.scim('events', 'replay', '--publish', '--dry-run');
    const asJson = await scene.scim('events', 'replay', '--publish', '--dry-run', '--json');

    expect(out).toEqual(['5 events would be sent again.']);
    expect(asJson.out).toEqual(['{"dryRun":true,"published":5}']);
    expect(scene.world.published).toEqual([]);
    expect(scene.lines[0]).toMatchObject({ act: 'events.publish', dryRun: true });
  });

  it('stops at Ctrl-C, says where it was, and goes on from there', async () => {
    const many = Array.from({ length: 700 }, (_, index) => entry('user.updated', ADA, { version: index + 1 }));
    const scene = open({ onInterrupt: interrupted });
    await tell(scene, { 1: many });

    const { status, err } = await scene.scim('events', 'replay', '--publish');
    const [, rest = ''] = /go on with (--cursor \S+ --to \S+)\.$/.exec(err[0] ?? '') ?? [];

    expect({ status, err }).toEqual({ status: 1, err: [expect.stringMatching(/^Stopped after 500 events: go on with/)] });
    expect((await open().scim('events', 'replay', '--publish', ...rest.split(' '))).out).toEqual(['200 events sent again.']);
  });

  it('says so when there is no bus, or it does not take them', async () => {
    const noBus = open({ feed: { bus: undefined } });
    await tell(noBus, DAY);
    const down = open();
    down.world.isBusDown = true;

    expect(await noBus.scim('events', 'replay', '--publish')).toMatchObject({
      status: 1,
      err: ['There is no event bus here to send them to: whoever follows this feed reads it at "/events".'],
    });
    expect(await down.scim('events', 'replay', '--publish')).toMatchObject({
      status: 1,
      err: ['The event bus did not take all of them: send them again. Whoever follows it skips what it knows.'],
    });
  });

  it('says where to go on when the bus has taken a part', async () => {
    const many = Array.from({ length: 700 }, (_, index) => entry('user.updated', ADA, { version: index + 1 }));
    const taken: number[] = [];
    const publish = async (events: readonly { readonly version: number }[]) => {
      if (taken.length > 0) throw new TypeError('no bus');
      taken.push(...events.map(({ version }) => version));
    };
    const scene = open({ feed: { bus: { name: 'scim-example', publish } } });
    await tell(scene, { 1: many });

    const { status, err } = await scene.scim('events', 'replay', '--publish');
    const [, rest = ''] = /Stopped after 500 events: go on with (--cursor \S+ --to \S+)\.$/.exec(err[0] ?? '') ?? [];

    expect({ status, taken: taken.length, err }).toEqual({ status: 1, taken: 500, err: [expect.stringMatching(/^The event bus did not/)] });
    expect((await open().scim('events', 'replay', '--publish', ...rest.split(' '))).out).toEqual(['200 events sent again.']);
  });
});

describe('scim events tail', () => {
  /** Ends the command at the so many-th pause of the function, and does something at each. */
  const following = (atPause: readonly ((scene: Scene) => Promise<void>)[], options: Options & { readonly since?: string } = {}) => {
    const { since, ...others } = options;
    let interrupt = (): void => undefined;
    const scene = open({
      onInterrupt: (listener) => {
        interrupt = listener;
        return () => {};
      },
      ...others,
    });
    const left = [...atPause];
    scene.world.onPause = async () => {
      const next = left.shift();
      if (next === undefined) interrupt();
      else await next(scene);
    };
    const words = since === undefined ? [] : ['--since', since];
    return { scene, interrupt: () => interrupt(), tail: () => scene.scim('events', 'tail', '--json', ...words) };
  };

  it('shows what comes, and nothing from before', async () => {
    const { scene, tail } = following([
      async ({ world }) => world.append([entry('user.updated', ADA, { version: 8 })]),
      async () => undefined,
      async ({ world }) => world.append([entry('user.updated', ADA, { version: 9 })]),
    ]);
    await tell(scene, DAY);

    const { status, out } = await tail();

    expect(status).toBe(0);
    expect(out.map((line) => JSON.parse(line).version)).toEqual([8, 9]);
  });

  it('shows with --since what came before, too, and each event once', async () => {
    const { scene, tail } = following([async ({ world }) => world.append([entry('user.updated', ADA, { version: 8 })])], { since: '4h' });
    await tell(scene, DAY);

    const { out } = await tail();

    expect(typesIn(out)).toEqual(['members.added', 'user.deactivated', 'user.removed', 'user.updated']);
  });

  it('fails like any other command when nobody has interrupted it', async () => {
    const scene = open({ feed: { log: { ...LOST, end: () => Promise.reject(new TypeError('lost')) } } });

    expect(await scene.scim('events', 'tail')).toMatchObject({ status: 1, err: [expect.stringContaining('unexpected condition')] });
  });

  const telling = async ({ world }: Scene) => world.append([entry('user.updated', ADA)]);

  it('goes on from the same place when answers get lost, after growing pauses, and misses and repeats nothing', async () => {
    const pauses: number[] = [];
    const { tail } = following(
      [
        async ({ world }) => world.append([entry('user.updated', ADA, { version: 8 })]),
        async ({ world }) => world.append([entry('user.updated', ADA, { version: 9 })]),
      ],
      { pause: async (ms) => pauses.push(ms), isLost: (request) => request > 1 && request < 5 },
    );

    const { status, out, err } = await tail();

    expect([status, out.map((line) => JSON.parse(line).version)]).toEqual([0, [8, 9]]);
    expect(pauses).toEqual([1_000, 2_000, 4_000]);
    expect(err[1]).toBe('The answer was lost. Nothing is missed: it goes on from the same place, in 2 s.');
  });

  it('ends when nobody has answered for some minutes, and at once when the first answer is lost', async () => {
    const pauses: number[] = [];
    const pause = async (ms: number) => pauses.push(ms);
    const stays = following([telling, telling], { pause, isLost: (request) => request > 1 });
    const never = following([telling], { pause, isLost: () => true });

    const [late, soon] = [await stays.tail(), await never.tail()];

    expect([late.status, late.err.at(-1), stays.scene.asked.length]).toEqual([1, 'The answer was lost.', 11]);
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => 1_000 * seconds));
    expect([soon.status, soon.err]).toEqual([1, ['The answer was lost.']]);
  });

  it('ends at once at Ctrl-C while it waits to look again', async () => {
    const { tail, interrupt } = following([telling, telling], {
      isLost: (request) => request > 1,
      pause: (_ms, signal) => {
        const { promise, reject } = Promise.withResolvers<never>();
        signal?.addEventListener('abort', () => reject(signal.reason));
        interrupt();
        return promise;
      },
    });

    expect(await tail()).toMatchObject({ status: 0, err: [expect.stringMatching(/in 1 s\.$/)] });
  });

  it('says that events are missing when they had expired', async () => {
    const event = { ...entry('user.updated', ADA), id: `${ADA.id}.1.0`, tenant: 'example' };
    const place = { generation: 1, position: 4, index: 0 };
    const read = async () => ({ events: [{ event, next: place }], next: place, isEnd: true, asOfMs: 0, hasGap: true });
    const scene = open({ feed: { log: { ...LOST, since: async () => place, read } } });

    const { out, err } = await scene.scim('events', 'replay', '--json');

    expect(out).toHaveLength(1);
    expect(err).toEqual(['Some events are missing here: they had expired before they were read.']);
  });
});

const lost = async (): Promise<never> => {
  throw new TypeError('this log is not to be asked');
};
const LOST: FeedAdministration['log'] = { append: lost, read: lost, end: lost, since: lost };

describe('scim events announce', () => {
  it('has it told what one resource is, by its name or its id', async () => {
    const scene = open();
    await table.store.commit(creation(ADA), aCall());
    await table.store.commit(creation(STAFF), aCall());

    const byName = await scene.scim('events', 'announce', '--user', 'ada@example.com');
    const byId = await scene.scim('events', 'announce', '--group', STAFF.id.toUpperCase(), '--json');

    expect(byName.out).toEqual(['1 resource will be told of again, within minutes.']);
    expect(byId.out).toEqual(['{"announced":1}']);
    expect(scene.world.errands).toEqual([
      { work: { kind: 'announce', type: 'User', id: ADA.id }, delaySeconds: 0 },
      { work: { kind: 'announce', type: 'Group', id: STAFF.id }, delaySeconds: 0 },
    ]);
    expect(scene.lines).toMatchObject([
      { act: 'events.announce', resourceType: 'User', resourceId: ADA.id, subject: 'ada@example.com' },
      { act: 'events.announce', resourceType: 'Group', resourceId: STAFF.id },
    ]);
  });

  it('promises nothing of an id of which nothing is left to be told', async () => {
    const scene = open();

    const { status, err } = await scene.scim('events', 'announce', '--user', newId());

    expect({ status, err }).toEqual({ status: 1, err: [expect.stringMatching(/^No User has this id or name/)] });
    expect(scene.world.errands).toEqual([]);
  });

  it('finds one that was removed by its name and its id', async () => {
    const scene = open();
    await table.store.commit(creation(BOB), aCall());
    await table.store.commit(deletion(BOB), aCall());

    expect((await scene.scim('events', 'announce', '--user', 'bob')).status).toBe(0);
    expect((await scene.scim('events', 'announce', '--user', BOB.id)).status).toBe(0);
    expect(scene.world.errands).toMatchObject([{ work: { id: BOB.id } }, { work: { id: BOB.id } }]);
  });

  it('has it told of all there are, type by type, in steps', async () => {
    const scene = open();
    const users = await fillUsers(table, 1_010);
    await table.store.commit(creation(STAFF), aCall());

    const all = await scene.scim('events', 'announce', '--all');
    const told = scene.world.errands.map(({ work }) => ('id' in work ? work.id : ''));
    scene.world.errands.splice(0);
    const groups = await scene.scim('events', 'announce', '--all', '--type', 'Group');

    expect(all.out).toEqual(['1,011 resources will be told of again, within minutes.']);
    expect(told.toSorted()).toEqual([...users, STAFF.id].toSorted());
    expect(groups.out).toEqual(['1 resource will be told of again, within minutes.']);
    expect(scene.lines[1]).toMatchObject({ continued: true, counts: { resources: 500 } });
  });

  it('has it told of all that were removed and could be restored, too, whose removal may be what was lost', async () => {
    const scene = open();
    await table.store.commit(creation(ADA), aCall());
    for (const gone of [BOB, STAFF]) {
      await table.store.commit(creation(gone), aCall());
      await table.store.commit(deletion(gone), aCall());
    }

    const all = await scene.scim('events', 'announce', '--all');
    const users = await scene.scim('events', 'announce', '--all', '--type', 'User', '--json');

    const told = scene.world.errands.map(({ work }) => ('id' in work ? work.id : ''));
    expect(all.out).toEqual(['3 resources will be told of again, within minutes.']);
    expect(users.out).toEqual(['{"announced":2}']);
    expect(told).toEqual([ADA.id, BOB.id, STAFF.id, ADA.id, BOB.id]);
  });

  it('stops at Ctrl-C', async () => {
    const scene = open({ onInterrupt: interrupted });

    expect(await scene.scim('events', 'announce', '--all')).toMatchObject({
      status: 1,
      err: ['Stopped after 0 resources: run it again for all of them.'],
    });
  });
});

describe('scim events redrive', () => {
  const letters = (count: number, kind: string | undefined) =>
    Array.from({ length: count }, (_, index) => ({ kind, body: `${kind} ${index}`, receipt: `${kind} ${index}` }));

  it('sends back what was put aside, and leaves what is not of this service', async () => {
    const scene = open();
    scene.world.aside.push(...letters(230, 'announce'), ...letters(3, undefined), ...letters(2, 'records'));

    const { out } = await scene.scim('events', 'redrive');

    expect(out).toEqual([
      '232 messages went back to be done: announce 230, records 2.',
      '3 messages are not of this service and stay: look into the queue of dead letters.',
    ]);
    expect(scene.world.aside.map(({ kind }) => kind)).toEqual([undefined, undefined, undefined]);
    expect(scene.lines.at(-1)).toMatchObject({ act: 'events.redrive', counts: { moved: 32, strange: 3 } });
  });

  it('leaves everything where it is with --dry-run, and looks at no more than 200', async () => {
    const scene = open();
    scene.world.aside.push(...letters(201, 'sweep'));

    const { out } = await scene.scim('events', 'redrive', '--dry-run');
    const again = await scene.scim('events', 'redrive', '--dry-run', '--json');

    expect(out).toEqual(['200 messages would go back to be done: sweep 200.', 'There are more, which were not looked at.']);
    expect(JSON.parse(again.out[0] ?? '')).toEqual({ dryRun: true, moved: { sweep: 200 }, strange: 0, isDone: false });
    expect(scene.world.aside).toHaveLength(201);
  });

  it('says so when nothing was put aside', async () => {
    expect((await open().scim('events', 'redrive')).out).toEqual(['Nothing was put aside.']);
  });
});

describe('scim events status', () => {
  it('shows when something was last told, how much, and what was put aside', async () => {
    const scene = open();
    await tell(scene, { 30: [entry('user.created', BOB)], 5: DAY[5], 0.5: [entry('user.updated', ADA, { version: 2 })] });
    scene.world.aside.push({ kind: undefined, body: '', receipt: '' });

    const { out } = await scene.scim('events', 'status');

    expect(out).toEqual([
      expect.stringMatching(/^Last event +20\d\d-.*Z$/),
      expect.stringMatching(/^Events +1 in the last hour, 3 in the last day$/),
      expect.stringMatching(/^Told after +unknown: the log cannot be read$/),
      expect.stringMatching(/^Kept for +30 days$/),
      expect.stringMatching(/^Values +none: /),
      expect.stringMatching(/^Event bus +scim-example$/),
      expect.stringMatching(/^Log ends at +1\.4\.0$/),
      expect.stringMatching(/^Put aside +1: see why it failed, then "scim events redrive"$/),
    ]);
  });

  it('shows how late a change of the last hour was told, at most, by the log of the functions', async () => {
    const line = (minutesAgo: number, more: object) => {
      const atMs = now() - minutesAgo * 60_000;
      return { atMs, text: JSON.stringify({ time: new Date(atMs).toISOString(), event: 'feed', ...more }) };
    };
    const late = open({
      log: logOf([line(70, { lagMs: 99_000 }), line(30, { lagMs: 4_250 }), line(9, { again: true }), line(1, { lagMs: 300 })]),
    });

    expect((await late.scim('events', 'status')).out).toContainEqual(
      expect.stringMatching(/^Told after +4\.3 s at most, in the last hour$/),
    );
    expect(JSON.parse((await late.scim('events', 'status', '--json')).out[0] ?? '')).toMatchObject({ longestDelayMs: 4_250 });
    expect((await open({ log: logOf([]) }).scim('events', 'status')).out).toContainEqual(
      expect.stringMatching(/^Told after +none was told in the last hour$/),
    );
  });

  it('tells of a log in which nothing is left, of a thousand events and more, and of values', async () => {
    const empty = await open({ feed: { bus: undefined } }).scim('events', 'status');
    const scene = open({ feed: { settings: { values: 'profile', retentionDays: 7 } } });
    await tell(scene, { 0.5: Array.from({ length: 1_001 }, (_, index) => entry('user.updated', ADA, { version: index + 1 })) });
    const busy = await scene.scim('events', 'status');
    const asJson = await scene.scim('events', 'status', '--json');

    expect(empty.out).toContainEqual(expect.stringMatching(/^Last event +none is left$/));
    expect(empty.out).toContainEqual(expect.stringMatching(/^Events +0 in the last hour, 0 in the last day$/));
    expect(empty.out.slice(-3)).toEqual([
      expect.stringMatching(/^Event bus +none$/),
      expect.stringMatching(/^Log ends at +1\.1\.0$/),
      expect.stringMatching(/^Put aside +nothing$/),
    ]);
    expect(busy.out).toContainEqual(expect.stringMatching(/ 1,000 or more in the last hour, 1,000 or more in the last day$/));
    expect(busy.out).toContainEqual(expect.stringMatching(/^Values +events carry/));
    expect(JSON.parse(asJson.out[0] ?? '')).toMatchObject({
      retentionDays: 7,
      values: 'profile',
      lastHour: { events: 1_000, isMore: true },
    });
  });
});

describe('the commands about events', () => {
  it.each([
    ['replay --user ada --group Staff', 2, 'Name one resource: --user, --group, or --resource with --type.'],
    ['replay --resource x', 2, 'Say which type --resource is of: --type NAME.'],
    ['replay --user ada --type User', 2, '--user and --group say the type: leave out --type.'],
    ['replay --dry-run', 2, '--dry-run belongs to --publish: without it nothing is sent.'],
    ['replay --cursor 1.1.0 --since 1h', 2, '--cursor says where to begin: leave out --since and --from.'],
    ['replay --cursor here', 1, 'cursor of events.read must be the cursor of an earlier answer'],
    ['replay --user nobody', 1, 'No User has this id or name'],
    ['replay --type Device', 1, 'There is no resource type "Device"'],
    ['tail --since soon', 2, '--since takes minutes, hours, days or weeks'],
    ['announce', 2, 'Say of what: --user, --group, --resource with --type, or --all for every one.'],
    ['announce --all --user ada', 2, '--all is every one: leave it out, or the name of one.'],
    ['announce --all --type Device', 1, 'There is no resource type "Device"'],
    ['announce --user nobody', 1, 'No User has this id or name'],
  ])('refuse "%s" and say what would be right', async (line, exitCode, message) => {
    const { status, err } = await open().scim('events', ...line.split(' '));

    expect({ status, err: err.join('\n') }).toEqual({ status: exitCode, err: expect.stringContaining(message) });
  });
});
