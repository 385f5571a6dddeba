import type { ApplicationName } from './applications.ts';
import type { Day, Person, Truth } from './day.ts';
import { answered, PLAIN, pick, replace } from './people.ts';

const UNKNOWN = '01a1fd9c-b400-7742-9fca-8a02df412894';

/** What is read and found is only counted. */
export async function read(day: Day, person: Person): Promise<void> {
  const application = pick(day, PLAIN);
  await day.send(application, 'GET', `/Users/${person.id}`);
  await day.send(application, 'GET', '/Users', { query: { filter: `userName eq "${person.name}"` } });
  await day.send(application, 'GET', '/ServiceProviderConfig');
}

type Blunder = {
  readonly by: ApplicationName;
  readonly method: string;
  readonly path: string;
  readonly sent?: Parameters<Day['send']>[3];
  readonly row: Partial<Truth> & Pick<Truth, 'action' | 'outcome'>;
};

const user = { resourceType: 'User' };
const readRefused = (refusal: string) => ({ ...user, action: 'read', outcome: 'refused', refusal }) as const;
const unknown = (refusal: string) => ({ action: 'unknown', outcome: 'refused', refusal }) as const;

/** Ways to be refused that concern nobody in particular. */
const BLUNDERS: readonly Blunder[] = [
  { by: 'entra', method: 'GET', path: `/Users/${UNKNOWN}`, row: { ...readRefused('notFound'), resourceId: UNKNOWN } },
  { by: 'okta', method: 'GET', path: '/Users', sent: { query: { filter: 'userName of x' } }, row: readRefused('invalidFilter') },
  { by: 'okta', method: 'GET', path: '/Users', sent: { query: { cursor: 'zzz' } }, row: readRefused('invalidCursor') },
  { by: 'okta', method: 'GET', path: '/Users', sent: { query: { count: ['1', '2'] } }, row: readRefused('badRequest') },
  { by: 'entra', method: 'GET', path: '/Nowhere', row: unknown('notFound') },
  { by: 'entra', method: 'DELETE', path: '/Users', row: unknown('methodNotAllowed') },
  { by: 'entra', method: 'GET', path: '/Me', row: unknown('notImplemented') },
  { by: 'elsewhere', method: 'GET', path: '/Users', row: unknown('addressNotAllowed') },
  {
    by: 'entra',
    method: 'POST',
    path: '/Users',
    sent: { text: 'x', headers: { 'content-type': 'text/plain' } },
    row: { ...user, action: 'create', outcome: 'refused', refusal: 'unsupportedMediaType' },
  },
  {
    by: 'entra',
    method: 'POST',
    path: '/Users',
    sent: { text: '{' },
    row: { ...user, action: 'create', outcome: 'refused', refusal: 'invalidSyntax' },
  },
  {
    by: 'entra',
    method: 'POST',
    path: '/Users',
    sent: { text: `"${'x'.repeat(7_000_000)}"` },
    row: { ...user, action: 'create', outcome: 'refused', refusal: 'tooLarge' },
  },
  { by: 'broken', method: 'GET', path: '/Users', row: { action: 'unknown', outcome: 'failed' } },
  { by: 'throttled', method: 'GET', path: '/Users', row: { action: 'unknown', outcome: 'failed', refusal: 'unavailable' } },
];

export const blunder = (day: Day): Promise<void> => blunderSo(day, pick(day, BLUNDERS));

/** Each of them once. */
export async function blunderInEveryWay(day: Day): Promise<void> {
  for (const each of BLUNDERS) await blunderSo(day, each);
}

async function blunderSo(day: Day, { by, method, path, sent, row }: Blunder): Promise<void> {
  const answer = await day.send(by, method, path, sent);
  day.note({ application: by, ...answered(answer), ...row });
}

/** Whoever presents no credential that is known is nobody's application. */
export async function knock(day: Day): Promise<void> {
  const answer = await day.send('entra', 'GET', '/Users', { token: 'not-a-token-that-is-known' });
  day.note({ ...unknown('unauthorized'), ...answered(answer) });
}

/** What is wrong with a change of somebody. */
export async function changeWrongly(day: Day, application: ApplicationName, person: Person): Promise<void> {
  const about = { application, ...user, resourceId: person.id, action: 'update', outcome: 'refused' } as const;
  const path = `/Users/${person.id}`;
  const misspelt = await day.send(application, 'PATCH', path, replace('tittle.x', 'x'));
  day.note({ ...about, ...answered(misspelt), refusal: 'invalidPath' });
  const readOnly = await day.send(application, 'PATCH', path, replace('id', 'x'));
  day.note({ ...about, ...answered(readOnly), refusal: 'mutability' });
  const nobody = await day.send(application, 'PATCH', path, replace('emails[value eq "none"].display', 'x'));
  day.note({ ...about, ...answered(nobody), refusal: 'noTarget', subject: person.name });
}
