import { describe, expect, it } from '@jest/globals';
import { ALARMS } from '../../lib/alarms.ts';
import { ScimError } from '../../src/scim/errors.ts';
import { countAccess, type SynthesisedFilter } from '../support/access-log.ts';
import { aCredential, aToken, listOf, MemoryCredentialStore } from '../support/access-memory.ts';
import { type AlarmScene, openAlarmScene, type SceneOptions } from '../support/alarm-scene.ts';
import { readAlarm, type SynthesisedAlarm, stateOf, targetOf } from '../support/alarm-state.ts';
import { idOf, patch, postUser, sendBulk } from '../support/bulk.ts';
import { resourcesOf, templateOf } from './synthesised.ts';

const DAY_MS = 24 * 60 * 60_000;

const template = templateOf({ name: 'acme' });
const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm').map(({ Properties }) => readAlarm(Properties));
const filters = resourcesOf(template, 'AWS::Logs::MetricFilter').map(({ Properties }) => Properties as SynthesisedFilter);
const maxReceives = resourcesOf(template, 'AWS::SQS::Queue').flatMap(({ Properties }) => receivesIn(Properties['RedrivePolicy']));

function receivesIn(policy: unknown): readonly number[] {
  const { maxReceiveCount }: { readonly maxReceiveCount?: unknown } = policy ?? {};
  return typeof maxReceiveCount === 'number' ? [maxReceiveCount] : [];
}

function alarmNamed(name: string): SynthesisedAlarm {
  const alarm = alarms.find(({ AlarmName }) => AlarmName === `scim-acme/${name}`);
  if (alarm === undefined) throw new TypeError(`no alarm ${name} in the template`);
  return alarm;
}

/** What comes to pass, as far as it leaves the alarm alone, and then the little that is too much. */
type Course = SceneOptions & {
  readonly name: string;
  readonly title: string;
  readonly almost: (scene: AlarmScene) => Promise<unknown>;
  readonly tooMuch: (scene: AlarmScene) => Promise<unknown>;
};

async function times(count: number, act: () => Promise<unknown>): Promise<void> {
  for (let time = 0; time < count; time += 1) await act();
}

const discover = ({ send }: AlarmScene) => send('GET', '/ServiceProviderConfig');
const withWrongToken = ({ send }: AlarmScene) => send('GET', '/Users', { token: 'wrong' });

/** The gateway's own answers, as its access log has them. */
async function refuse(scene: AlarmScene, count: number, line: Readonly<Record<string, string>>): Promise<void> {
  const lines = Array.from({ length: count }, () => ({ tenant: 'acme', ...line }));
  scene.feed(countAccess(filters, lines, scene.now()));
}

/** What AWS itself measures of a queue or a function. */
async function measure(scene: AlarmScene, name: string, value: number): Promise<void> {
  scene.feed([{ ...targetOf(alarmNamed(name)), atMs: scene.now(), value }]);
}

/** A message that fails is hidden for a while and comes again, until it is put aside. */
async function fail(scene: AlarmScene, name: string, attempts: number): Promise<void> {
  await times(attempts, () => scene.work('{"kind":"nobody knows"}').catch(() => undefined));
  const isAside = maxReceives.every((most) => attempts >= most);
  await measure(scene, name, isAside ? 1 : 0);
}

const aListEndingIn = (days: number, now: number): MemoryCredentialStore =>
  new MemoryCredentialStore(listOf(aCredential(aToken(1), { expiresAt: new Date(now + days * DAY_MS).toISOString() })));

const PEOPLE = Array.from({ length: 100 }, (_, at) => `person-${at}`);

async function removeAllButOne(scene: AlarmScene): Promise<void> {
  const created = await sendBulk(
    scene.endpoint,
    PEOPLE.map((name) => postUser(name)),
  );
  const ids = PEOPLE.map((_, at) => idOf(created, at));
  await sendBulk(scene.endpoint, [
    ...ids.slice(0, 50).map((id) => patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false })),
    ...ids.slice(50, 99).map((id) => ({ method: 'DELETE', path: `/Users/${id}` })),
  ]);
}

async function removeLast(scene: AlarmScene): Promise<void> {
  const { json } = await scene.send('GET', '/Users', { query: { filter: `userName eq "${PEOPLE.at(-1)}"` } });
  await scene.send('DELETE', `/Users/${json.Resources[0].id}`);
}

async function createAndRemove(scene: AlarmScene): Promise<void> {
  const { json } = await scene.send('POST', '/Users', { body: postUser(crypto.randomUUID())['data'] });
  await scene.send('DELETE', `/Users/${json.id}`);
}

const COURSES: readonly Course[] = [
  {
    name: 'auth-failures',
    title: 'at the 20th request with a wrong token',
    almost: (scene) => times(19, () => withWrongToken(scene)),
    tooMuch: withWrongToken,
  },
  {
    name: 'server-errors',
    title: 'when the vault is out of reach for 10 minutes',
    authenticate: () => {
      throw new ScimError('unavailable');
    },
    almost: async (scene) => {
      await times(5, () => discover(scene));
      scene.wait(5);
      await times(4, () => discover(scene));
    },
    tooMuch: discover,
  },
  {
    name: 'server-errors',
    title: 'by lines fed to the access log: functions that the gateway had no answer from',
    almost: async (scene) => {
      await refuse(scene, 50, { status: '500', refusal: '-' });
      await refuse(scene, 3, { status: '504', refusal: 'INTEGRATION_TIMEOUT' });
      await refuse(scene, 2, { status: '500', refusal: 'DEFAULT_5XX' });
      scene.wait(5);
      await refuse(scene, 4, { status: '502', refusal: 'DEFAULT_5XX' });
    },
    tooMuch: (scene) => refuse(scene, 1, { status: '503', refusal: 'DEFAULT_5XX' }),
  },
  {
    name: 'unexpected-errors',
    title: 'at the first error nobody foresaw',
    almost: (scene) => times(5, () => scene.work('{"kind":"requeue"}')),
    tooMuch: (scene) => scene.work('{"kind":"nobody knows"}').catch(() => undefined),
  },
  {
    name: 'slow-requests',
    title: 'after a quarter of an hour with a request of 5 seconds',
    authenticate: (wait) => wait(5 / 60),
    almost: async (scene) => {
      await discover(scene);
      scene.wait(5);
      await discover(scene);
      scene.wait(5);
    },
    tooMuch: discover,
  },
  {
    name: 'throttled',
    title: 'by lines fed to the access log: 100 answers 429 in each of two periods',
    almost: async (scene) => {
      await refuse(scene, 100, { status: '429', refusal: 'THROTTLED' });
      scene.wait(5);
      await refuse(scene, 99, { status: '429', refusal: 'THROTTLED' });
    },
    tooMuch: (scene) => refuse(scene, 1, { status: '429', refusal: 'THROTTLED' }),
  },
  {
    name: 'dead-letters',
    title: 'when the sweeper has failed on a message as often as the queue lets it; the count of the queue is fed',
    almost: (scene) => fail(scene, 'dead-letters', 4),
    tooMuch: (scene) => fail(scene, 'dead-letters', 5),
  },
  {
    name: 'sweep-age',
    title: 'by datapoints fed for the queue: an hour old in two periods',
    almost: async (scene) => {
      await measure(scene, 'sweep-age', 3_599);
      scene.wait(5);
      await measure(scene, 'sweep-age', 3_600);
    },
    tooMuch: async (scene) => {
      scene.wait(5);
      await measure(scene, 'sweep-age', 3_900);
    },
  },
  {
    name: 'stream-age',
    title: 'by datapoints fed for the stream function: 10 minutes behind in two periods',
    almost: async (scene) => {
      await measure(scene, 'stream-age', 599_999);
      scene.wait(5);
      await measure(scene, 'stream-age', 600_000);
    },
    tooMuch: async (scene) => {
      scene.wait(5);
      await measure(scene, 'stream-age', 900_000);
    },
  },
  {
    name: 'mass-removal',
    title: 'at the 100th user who is disabled or removed, in bulk requests too',
    almost: removeAllButOne,
    tooMuch: removeLast,
  },
  {
    name: 'brake',
    title: 'at the first removal that has to wait',
    policy: { maxRemovalsPerHour: 2 },
    almost: (scene) => times(2, () => createAndRemove(scene)),
    tooMuch: createAndRemove,
  },
  {
    name: 'token-expiry',
    title: 'when an inspection finds that 14 days are left',
    almost: (scene) => scene.work('{"kind":"inspect"}', aListEndingIn(15, scene.now())),
    tooMuch: (scene) => {
      scene.wait(24 * 60);
      return scene.work('{"kind":"inspect"}', aListEndingIn(14, scene.now()));
    },
  },
];

describe.each(COURSES)('the alarm $name', ({ name, title, almost, tooMuch, ...options }) => {
  it(`is raised ${title}, and over when there is no more of it`, async () => {
    const scene = await openAlarmScene(options);
    const state = () => stateOf(alarmNamed(name), scene.sent(), scene.now() + 1);

    const before = state();
    await almost(scene);
    const nearly = state();
    await tooMuch(scene);
    const raised = state();
    scene.wait(alarmNamed(name).EvaluationPeriods * 24 * 60);
    const later = state();

    expect([before, nearly, raised, later]).toEqual(['OK', 'OK', 'ALARM', 'OK']);
  });
});

describe('alarms', () => {
  it('are each raised above', () => {
    expect([...new Set(COURSES.map(({ name }) => name))].sort()).toEqual(ALARMS.map(({ name }) => name).sort());
  });

  it('are left alone by a quiet day of a client that asks and is answered', async () => {
    const scene = await openAlarmScene();

    for (let hour = 0; hour < 24; hour += 1) {
      await discover(scene);
      scene.wait(60);
    }
    await scene.work('{"kind":"inspect"}', aListEndingIn(300, scene.now()));

    expect(new Set(alarms.map((alarm) => stateOf(alarm, scene.sent(), scene.now() + 1)))).toEqual(new Set(['OK']));
  });
});
