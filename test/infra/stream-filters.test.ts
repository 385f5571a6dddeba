import type { _Record as StreamRecord } from '@aws-sdk/client-dynamodb-streams';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { openFeedLog } from '../../src/dynamodb/feed/log.ts';
import { errandsIn } from '../../src/dynamodb/sweeping/errands.ts';
import { openBackfills } from '../support/backfills.ts';
import { drain } from '../support/drain.ts';
import { matchesPattern } from '../support/event-filter.ts';
import { administerRemoved } from '../support/removed.ts';
import { aCall } from '../support/store-call.ts';
import { openTestStore } from '../support/store-open.ts';
import { aGroup, asMember, aUser, create, deletion, memberChange, update } from '../support/store-resources.ts';
import { openTableStream } from '../support/table-stream.ts';
import { resourcesOf, templateOf } from './synthesised.ts';

/** More than one transaction takes. */
const CROWD = 40;

type Filters = { readonly FilterCriteria?: { readonly Filters: readonly { readonly Pattern: string }[] } };

const mappings = resourcesOf(templateOf(), 'AWS::Lambda::EventSourceMapping').map(({ Properties }) => Properties as Filters);
const patterns = mappings.flatMap(({ FilterCriteria }) => FilterCriteria?.Filters ?? []).map(({ Pattern }) => JSON.parse(Pattern));

const invokes = (record: unknown): boolean => patterns.some((pattern) => matchesPattern(record, pattern));

/** Everything that happens to a table, as its stream tells it. */
async function live(): Promise<readonly StreamRecord[]> {
  const opened = await openTestStore({ retentionDays: 7 });
  const { store } = opened;
  const readOn = await openTableStream(opened);
  const users = await Promise.all(Array.from({ length: CROWD }, (_, index) => create(store, aUser(`user.${index}`))));
  const [ada, bob] = users;
  if (!ada || !bob) throw new TypeError('no users');
  const group = await create(store, aGroup('Some'), [asMember(ada)]);
  await store.commit(memberChange(group, users.slice(1).map(asMember)), aCall());
  const changed = await store.commit(update(ada, { ...ada, attributes: { ...ada.attributes, title: 'Dr' } }), aCall());
  await store.commit(deletion(changed ?? ada), aCall());
  await drain(opened);
  await administerRemoved(opened).restore('User', ada.id);
  await drain(opened);
  await store.commit({ ...deletion(bob), keptAs: [] }, aCall());
  const { announce, perform } = openBackfills(opened);
  await announce();
  await perform();
  const log = openFeedLog({ ...opened, tenant: 'acme', retentionDays: 30 });
  const entry = { type: 'user.created', resourceType: 'User', resourceId: ada.id, version: 1, part: 0, time: ada.created } as const;
  await log.append([entry], aCall());
  return readOn();
}

/** What a record is about, in the words of the table's keys: ids are left out. */
function kindOf({ eventName, dynamodb }: StreamRecord): string {
  const image = dynamodb?.NewImage ?? dynamodb?.OldImage;
  const [pk = '', sk = ''] = [image?.['pk']?.S, image?.['sk']?.S];
  const place = `${pk} ${pk === 'Settings' ? sk : ''}`.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID').replace(/(Members)#\d/, '$1');
  const state = [image?.['ttl'] && 'expires', image?.['worker'] && 'is taken'].filter((each) => typeof each === 'string');
  return [place.replace(/^(Unique|Lookup)#.*/, '$1').trim(), eventName, ...state].join(' ');
}

describe('a filter of the stream', () => {
  it('is one of at most five, which is Lambda’s quota', () => {
    expect(patterns.length).toBeGreaterThan(0);
    expect(patterns.length).toBeLessThanOrEqual(5);
  });

  it('judges by the images alone: of a record of DynamoDB, Lambda looks at nothing else', () => {
    for (const pattern of patterns) expect(Object.keys(pattern)).toEqual(['dynamodb']);
  });
});

describe('the stream function', () => {
  let records: readonly StreamRecord[];
  let invoking: ReadonlySet<string>;

  beforeAll(async () => {
    records = await live();
    invoking = new Set(records.filter(invokes).map(kindOf));
  });

  it('is invoked for what it deals with', () => {
    expect([...invoking].sort()).toEqual([
      'Change INSERT',
      'Change MODIFY',
      'Feed INSERT',
      'Feed INSERT expires',
      'Group#0 INSERT',
      'Group#0 MODIFY',
      'Outbox#User INSERT',
      'Restored#User INSERT',
      'Settings Backfill#titles/User INSERT',
      'User#0 INSERT',
      'User#0 MODIFY',
      'User#0 REMOVE',
    ]);
  });

  it('is invoked for nothing else', () => {
    const others = new Set(records.map(kindOf).filter((kind) => !invoking.has(kind)));

    expect([...others]).toEqual(
      expect.arrayContaining([
        'Change REMOVE',
        'Count#User MODIFY',
        'Group#ID#Members INSERT',
        'Group#ID#Members MODIFY',
        'Member#ID#Groups INSERT',
        'Outbox#User MODIFY expires',
        'Outbox#User REMOVE expires',
        'Removed#ID#Members INSERT expires',
        'Removed#User INSERT',
        'Removed#User INSERT expires',
        'Removed#User REMOVE expires',
        'Restored#User REMOVE',
        'Settings Backfill#titles/User MODIFY is taken',
        'Unique INSERT',
      ]),
    );
  });

  it('is asked of everything that leaves work to be done', () => {
    const isWork = ({ dynamodb }: StreamRecord): boolean => dynamodb?.NewImage !== undefined && errandsIn([dynamodb.NewImage]).length > 0;

    expect(records.filter(isWork).length).toBeGreaterThan(4);
    expect(records.filter((record) => isWork(record) && !invokes(record)).map(kindOf)).toEqual([]);
  });
});
