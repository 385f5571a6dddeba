import { describe, expect, it } from '@jest/globals';
import { takeBatch } from '../../../lambdas/stream/take-batch.ts';
import type { ChangeEvent } from '../../../src/directory/feed/change-event.ts';
import type { FeedEntry } from '../../../src/directory/feed/ports.ts';
import type { Errand } from '../../../src/directory/ports.ts';
import { placeOf, publicationIn } from '../../../src/dynamodb/feed/publication.ts';
import type { TableRecord } from '../../../src/dynamodb/feed/table-record.ts';
import { resourceIn } from '../../../src/dynamodb/feed/translate-records.ts';
import { marshal } from '../../../src/dynamodb/item.ts';
import { keyOf } from '../../../src/dynamodb/keys.ts';
import { errandsIn } from '../../../src/dynamodb/sweeping/errands.ts';
import type { LogLine } from '../../../src/runtime/log.ts';
import type { StreamServices } from '../../../src/runtime/stream-services.ts';
import { ScimError } from '../../../src/scim/errors.ts';
import { anEntry } from '../../support/feed.ts';
import { aCall } from '../../support/store-call.ts';

const USER = '0197f000-0000-7000-8000-000000000001';

const recordOf = (number: number, attributes: Parameters<typeof marshal>[0]): TableRecord => ({
  dynamodb: {
    SequenceNumber: String(number),
    ApproximateCreationDateTime: 10,
    Keys: marshal({ pk: attributes['pk'], sk: attributes['sk'] }),
    NewImage: marshal(attributes),
  },
});

/** A change that is told as one entry with this version. */
const aChange = (number: number, version: number) => recordOf(number, { ...keyOf.resource('User', USER), version, kind: 'change' });
const poison = (number: number) => recordOf(number, { ...keyOf.resource('User', USER), version: 7, kind: 'poison', userName: 'ada' });
const anItem = (number: number, ...entries: readonly FeedEntry[]) =>
  recordOf(number, { ...keyOf.events(1, number), atMs: 1, events: JSON.stringify(entries) });
const anOutboxItem = (number: number) => recordOf(number, { ...keyOf.outbox('User', USER), kind: 'removed' });

/** A queue out of reach; one that is not asked for anything does not show. */
const refuseAny = async (errands: readonly Errand[]): Promise<void> => {
  if (errands.length > 0) throw Object.assign(new Error('no queue'), { name: 'NotQueued' });
};

const outOfReach = (): never => {
  throw new ScimError('unavailable', 'busy', { cause: Object.assign(new Error('about ada'), { name: 'TimeoutError' }) });
};

function setUp(overrides: Partial<StreamServices> = {}, toEntry: (version: number) => FeedEntry = anEntry) {
  const done = {
    queued: [] as Errand['work'][],
    aside: [] as Errand['work'][],
    appended: [] as FeedEntry[],
    published: [] as ChangeEvent[],
    lines: [] as LogLine[],
  };
  const services: StreamServices = {
    queue: { send: async (errands) => void done.queued.push(...errands.map(({ work }) => work)) },
    deadLetters: { send: async (errands) => void done.aside.push(...errands.map(({ work }) => work)) },
    errandsIn,
    translate: async (records) =>
      records.map(({ dynamodb }) => {
        const kind = dynamodb?.NewImage?.['kind']?.S;
        if (kind === 'poison') return { kind, error: new TypeError('about ada') };
        return kind === 'change'
          ? { kind: 'entries', entries: [toEntry(Number(dynamodb?.NewImage?.['version']?.N))] }
          : { kind: 'nothing' };
      }),
    resourceIn,
    feed: { append: async (entries) => void done.appended.push(...entries) },
    bus: { publish: async (events) => void done.published.push(...events) },
    placeOf,
    publicationIn: (record) => publicationIn(record, { tenant: 'example', values: 'profile' }),
    tenant: 'example',
    clock: () => 12_000,
    log: (line) => void done.lines.push(line),
    ...overrides,
  };
  const take = (...Records: readonly TableRecord[]) => takeBatch(services, { Records }, aCall({ requestId: 'r-1' }));
  return { ...done, take };
}

const from = (number: number) => ({ batchItemFailures: [{ itemIdentifier: String(number) }] });
const NOTHING_AGAIN = { batchItemFailures: [] };

describe('the stream function', () => {
  it('queues what has come up to be done, writes changes down in their order, and publishes what was written', async () => {
    const { take, queued, appended, published } = setUp();

    const answer = await take(aChange(1, 1), anOutboxItem(2), aChange(3, 2), anItem(4, anEntry(1), anEntry(2)));

    expect(answer).toEqual(NOTHING_AGAIN);
    expect(queued).toEqual([{ kind: 'sweep', type: 'User', id: USER }]);
    expect(appended.map(({ version }) => version)).toEqual([1, 2]);
    expect(published.map(({ id, tenant }) => [id, tenant])).toEqual([
      [`${USER}.1.0`, 'example'],
      [`${USER}.2.0`, 'example'],
    ]);
  });

  it('passes over what only went', async () => {
    const { take, queued, lines } = setUp();

    await take({ dynamodb: { SequenceNumber: '1' } }, {});

    expect([queued, lines]).toEqual([[], []]);
  });

  it('says in a line what it did, and how old the oldest change was', async () => {
    const { take, lines } = setUp();

    await take(aChange(1, 1), anItem(2, anEntry(1)));

    expect(lines).toEqual([
      {
        event: 'feed',
        requestId: 'r-1',
        tenant: 'example',
        changes: 1,
        appended: 1,
        published: 1,
        putAside: 0,
        lagMs: 2_000,
        durationMs: 0,
        storeCalls: 0,
        storeRetries: 0,
        readUnits: 0,
        writeUnits: 0,
      },
    ]);
  });

  it('has the batch come again from the first change on when the log is out of reach, and does all else', async () => {
    const { take, queued, published, lines } = setUp({ feed: { append: async () => outOfReach() } });

    const answer = await take(anOutboxItem(1), aChange(2, 1), aChange(3, 2), anItem(4, anEntry(1)));

    expect(answer).toEqual(from(2));
    expect([queued.length, published.length]).toEqual([1, 1]);
    expect(lines).toMatchObject([
      { event: 'notice', notice: 'Changes could not be written to the log of events yet: ScimError, TimeoutError.' },
      { event: 'feed', again: true },
    ]);
    expect(JSON.stringify(lines)).not.toContain('ada');
  });

  it('has it come again from the first change on when what it takes to understand them is out of reach', async () => {
    const { take, appended } = setUp({ translate: async () => outOfReach() });

    await expect(take(anOutboxItem(1), aChange(2, 1))).resolves.toEqual(from(2));
    expect(appended).toEqual([]);
  });

  it('has it come again from the first record that leaves something to do when the queue is out of reach', async () => {
    const refused = { send: refuseAny };

    const removal = (version: number) => anEntry(version, { type: 'group.removed' });

    await expect(setUp({ queue: refused }, removal).take(aChange(1, 1), anOutboxItem(2))).resolves.toEqual(from(1));
    const without = setUp({ queue: refused, bus: undefined });
    await expect(without.take(anItem(1, anEntry(1)), anOutboxItem(2))).resolves.toEqual(from(2));
    expect(without.lines).toContainEqual(expect.objectContaining({ notice: 'What is to be done could not be queued yet: NotQueued.' }));
  });

  it('puts aside what cannot be understood, says so without a word of it, and writes down the rest', async () => {
    const { take, appended, aside, lines } = setUp();

    const answer = await take(aChange(1, 1), poison(2), aChange(3, 2));

    expect(answer).toEqual(NOTHING_AGAIN);
    expect(appended.map(({ version }) => version)).toEqual([1, 2]);
    expect(aside).toEqual([{ kind: 'announce', type: 'User', id: USER, version: 7 }]);
    expect(lines).toMatchObject([
      { event: 'unexpectedError', names: ['TypeError'] },
      { event: 'feed', putAside: 1 },
    ]);
    expect(JSON.stringify([aside, lines])).not.toContain('ada');
  });

  it('finds the one change that cannot be written down, and puts it aside', async () => {
    const written: number[] = [];
    const append = async (entries: readonly FeedEntry[]) => {
      if (entries.some(({ version }) => version === 2)) throw new TypeError('a bug');
      written.push(...entries.map(({ version }) => version));
    };
    const { take, aside } = setUp({ feed: { append } });

    const answer = await take(aChange(1, 1), aChange(2, 2), aChange(3, 3));

    expect([answer, written]).toEqual([NOTHING_AGAIN, [1, 3]]);
    expect(aside).toEqual([{ kind: 'announce', type: 'User', id: USER, version: 2 }]);
  });

  it('puts aside what is no item of the log, by its place', async () => {
    const { take, aside, published } = setUp();

    await take(recordOf(1, { ...keyOf.events(1, 5), events: '{}', atMs: 1 }), anItem(2, anEntry(1)));

    expect(aside).toEqual([{ kind: 'publish', generation: 1, position: 5, index: 0 }]);
    expect(published).toHaveLength(1);
  });

  it('comes again when what is to be put aside finds no place', async () => {
    const deadLetters = { send: refuseAny };

    await expect(setUp({ deadLetters }).take(anOutboxItem(1), poison(2))).resolves.toEqual(from(2));
  });

  it('leaves whom a removed group had to a worker, behind its removal', async () => {
    const removal = (version: number) => anEntry(version, { type: 'group.removed', resourceType: 'Group' });
    const { take, queued, appended } = setUp({}, removal);

    await take(aChange(1, 4));

    expect(appended).toHaveLength(1);
    expect(queued).toEqual([{ kind: 'departures', type: 'Group', id: USER, version: 4 }]);
  });

  it('has nobody told who was in a group whose removal could not be told of: that would be later than the removal', async () => {
    const removal = (version: number) => anEntry(version, { type: 'group.removed', resourceType: 'Group' });
    const append = () => Promise.reject(new TypeError('a bug'));
    const { take, queued, aside } = setUp({ feed: { append } }, removal);

    await take(aChange(1, 4));

    expect([queued, aside.length]).toEqual([[], 1]);
  });

  it('leaves the members of a large change to a worker, and publishes what stands before', async () => {
    const { take, queued, published } = setUp();

    await take(anItem(3, anEntry(1), anEntry(2, { type: 'members.added', manifest: 'm' })));

    expect(published.map(({ version }) => version)).toEqual([1]);
    expect(queued).toEqual([{ kind: 'publish', generation: 1, position: 3, index: 1 }]);
  });

  it('has a worker publish what the bus did not take, so that nothing else waits for the bus', async () => {
    const bus = { publish: () => Promise.reject(new Error('down')) };
    const { take, queued, appended, lines } = setUp({ bus });

    const answer = await take(anItem(1, anEntry(1)), aChange(2, 2));

    expect([answer, appended.length]).toEqual([NOTHING_AGAIN, 1]);
    expect(queued).toEqual([{ kind: 'publish', generation: 1, position: 1, index: 0 }]);
    expect(lines[0]).toMatchObject({ notice: 'The bus took not all of its events, which are sent again: Error.' });
  });

  it('leaves a bus that took nothing alone for a while', async () => {
    const delays: number[] = [];
    const queue = { send: async (errands: readonly Errand[]) => void delays.push(...errands.map(({ delaySeconds }) => delaySeconds)) };
    const { take } = setUp({ queue, bus: { publish: () => Promise.reject(new Error('down')) } });

    await take(anItem(1, anEntry(1)));

    expect(delays).toEqual([30]);
  });

  it('sends no more events at once than fit its time, and has a worker send the others', async () => {
    const entries = Array.from({ length: 600 }, (_, index) => anEntry(index));
    const { take, queued, published } = setUp();

    await take(anItem(1, ...entries), anItem(2, ...entries.slice(200)), anItem(3, anEntry(1)), anItem(4, anEntry(2)));

    expect(published).toHaveLength(1_000);
    expect(queued).toEqual([3, 4].map((position) => ({ kind: 'publish', generation: 1, position, index: 0 })));
  });

  it('leaves to a worker what there is no time left to send', async () => {
    let nowMs = Date.now();
    const published: string[] = [];
    const bus = {
      publish: async (events: readonly ChangeEvent[]) => {
        nowMs += 15_000;
        published.push(...events.map(({ id }) => id));
      },
    };
    const entries = Array.from({ length: 100 }, (_, index) => anEntry(index));
    const { take, queued } = setUp({ bus, clock: () => nowMs });

    await take(anItem(1, ...entries), anItem(2, ...entries), anItem(3, anEntry(1)));
    await take(anItem(4, anEntry(1)));

    expect(published).toHaveLength(200);
    expect(queued).toEqual([3, 4].map((position) => ({ kind: 'publish', generation: 1, position, index: 0 })));
  });

  it('has a worker send only once what the bus did not take of a large change, and nothing of what it took', async () => {
    const bus = { publish: async (events: readonly ChangeEvent[]) => (events.length < 50 ? Promise.reject(new Error('down')) : undefined) };
    const entries = Array.from({ length: 100 }, (_, index) => anEntry(index));
    const { take, queued } = setUp({ bus });

    await take(anItem(1, ...entries), anItem(2, anEntry(1), anEntry(2, { type: 'members.added', manifest: 'm' })));

    expect(queued).toEqual([{ kind: 'publish', generation: 1, position: 2, index: 0 }]);
  });

  it('publishes nothing again where what is told of somebody was taken out of the log', async () => {
    const { take, published, queued } = setUp();
    const { dynamodb } = anItem(1, anEntry(1, { type: 'members.added', members: [] }));

    await take({ dynamodb: { ...dynamodb, OldImage: dynamodb?.NewImage } });

    expect([published, queued]).toEqual([[], []]);
  });

  it('publishes no values that the operator no longer lets out, although they were written down before', async () => {
    const item = anItem(1, anEntry(1, { profile: { login: 'ada' } }), anEntry(2, { profileOmitted: true }));
    const [out, kept] = [setUp(), setUp({ publicationIn: (record) => publicationIn(record, { tenant: 'example', values: 'none' }) })];

    await out.take(item);
    await kept.take(item);

    expect(out.published).toMatchObject([{ profile: { login: 'ada' } }, { profileOmitted: true }]);
    expect(kept.published.map(({ id, profile, profileOmitted }) => [id, profile, profileOmitted])).toEqual([
      [`${USER}.1.0`, undefined, undefined],
      [`${USER}.2.0`, undefined, undefined],
    ]);
  });

  it('publishes nothing where there is no bus, and never the row that counts generations', async () => {
    const without = setUp({ bus: undefined });
    const { take, published } = setUp();

    await without.take(anItem(1, anEntry(1, { manifest: 'm' })));
    await take(recordOf(1, { ...keyOf.generation(), generation: 2 }));

    expect([without.queued, published]).toEqual([[], []]);
  });
});
