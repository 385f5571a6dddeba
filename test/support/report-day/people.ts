import { patchOf, USER } from '../local-client.ts';
import type { ApplicationName } from './applications.ts';
import type { Day, Person, Truth } from './day.ts';

/** Who may send what everybody may. */
export const PLAIN: readonly ApplicationName[] = ['entra', 'okta'];

/** Draws one of several. */
export const pick = <Item>({ random }: Pick<Day, 'random'>, items: readonly Item[]): Item => random.pick(items);

export const replace = (path: string, value: unknown) => ({ body: patchOf({ op: 'replace', path, value }) });

const bodyOf = ({ name, externalId }: Person, more = {}) => ({ schemas: [USER], userName: name, externalId, ...more });

/** What the answer says of a request; the header is what a client sees of the log's request id. */
export const answered = ({ status, headers }: { readonly status: number; readonly headers: Readonly<Record<string, string>> }) => ({
  status,
  requestId: headers['x-request-id'] ?? null,
});

type About = Partial<Truth>;

export const aboutPerson = ({ id, name }: Person): About => ({ resourceType: 'User', resourceId: id, subject: name });

export async function create(day: Day, application: ApplicationName, person: Person): Promise<Person> {
  const answer = await day.send(application, 'POST', '/Users', { body: bodyOf(person) });
  const created = { ...person, id: String(answer.json.id) };
  const isBack = person.id !== '';
  const outcome = isBack ? 'returned' : 'succeeded';
  day.note({ ...aboutPerson(created), ...answered(answer), application, action: 'create', outcome, changed: ['userName', 'externalId'] });
  return created;
}

export async function createAgain(day: Day, application: ApplicationName, person: Person): Promise<void> {
  const name = person.name.toUpperCase();
  const answer = await day.send(application, 'POST', '/Users', { body: { schemas: [USER], userName: name } });
  const about = { resourceType: 'User', subject: name, refusal: 'uniqueness' };
  day.note({ ...about, ...answered(answer), application, action: 'create', outcome: 'refused' });
}

export async function createWrongly(day: Day, application: ApplicationName, name: string): Promise<void> {
  const answer = await day.send(application, 'POST', '/Users', { body: { schemas: [USER], userName: name, active: 'perhaps' } });
  const about = { resourceType: 'User', subject: name, refusal: 'invalidValue' };
  day.note({ ...about, ...answered(answer), application, action: 'create', outcome: 'refused' });
}

export async function createBeyondSeats(day: Day, name: string): Promise<void> {
  const answer = await day.send('full', 'POST', '/Users', { body: { schemas: [USER], userName: name } });
  const about = { resourceType: 'User', subject: name, refusal: 'seatLimit', application: 'full' };
  day.note({ ...about, ...answered(answer), action: 'create', outcome: 'refused' });
}

export async function setTitle(day: Day, application: ApplicationName, person: Person, title: string, isNew: boolean): Promise<void> {
  const answer = await day.send(application, 'PATCH', `/Users/${person.id}`, replace('title', title));
  if (isNew)
    day.note({ ...aboutPerson(person), ...answered(answer), application, action: 'update', outcome: 'succeeded', changed: ['title'] });
}

export async function rename(day: Day, application: ApplicationName, person: Person, name: string): Promise<Person> {
  const answer = await day.send(application, 'PATCH', `/Users/${person.id}`, replace('userName', name));
  const renamed = { ...person, name };
  const about = { ...aboutPerson(renamed), previousSubject: person.name, changed: ['userName'] };
  day.note({ ...about, ...answered(answer), application, action: 'update', outcome: 'succeeded' });
  return renamed;
}

/** Says `active: false`, of which each policy makes something else. */
export async function disable(day: Day, application: ApplicationName, person: Person): Promise<void> {
  const answer = await day.send(application, 'PATCH', `/Users/${person.id}`, replace('active', false));
  const outcome = application === 'deleting' ? 'removed' : 'succeeded';
  day.note({ ...aboutPerson(person), ...answered(answer), application, action: 'disable', outcome, changed: ['active'] });
}

export async function enable(day: Day, application: ApplicationName, person: Person): Promise<void> {
  const answer = await day.send(application, 'PATCH', `/Users/${person.id}`, replace('active', true));
  day.note({ ...aboutPerson(person), ...answered(answer), application, action: 'enable', outcome: 'succeeded', changed: ['active'] });
}

export async function remove(day: Day, application: ApplicationName, person: Person): Promise<void> {
  const answer = await day.send(application, 'DELETE', `/Users/${person.id}`);
  const outcome = application === 'keeping' ? 'kept' : 'succeeded';
  day.note({ ...aboutPerson(person), ...answered(answer), application, action: 'remove', outcome });
}

export async function beIgnored(day: Day, person: Person): Promise<void> {
  const about = { ...aboutPerson(person), application: 'ignoring' };
  const patched = await day.send('ignoring', 'PATCH', `/Users/${person.id}`, replace('title', 'nobody'));
  day.note({ ...about, ...answered(patched), action: 'update', outcome: 'ignored' });
  const removed = await day.send('ignoring', 'DELETE', `/Users/${person.id}`);
  day.note({ ...about, ...answered(removed), action: 'remove', outcome: 'ignored' });
}

export async function beForbidden(day: Day, person: Person): Promise<void> {
  const answer = await day.send('refusing', 'DELETE', `/Users/${person.id}`);
  const about = { resourceType: 'User', resourceId: person.id, application: 'refusing', refusal: 'forbidden' };
  day.note({ ...about, ...answered(answer), action: 'remove', outcome: 'refused' });
}

export async function removeStale(day: Day, application: ApplicationName, person: Person): Promise<void> {
  const answer = await day.send(application, 'DELETE', `/Users/${person.id}`, { headers: { 'if-match': 'W/"999"' } });
  const about = { ...aboutPerson(person), application, refusal: 'preconditionFailed' };
  day.note({ ...about, ...answered(answer), action: 'remove', outcome: 'refused' });
}

/** The third removal within the hour is held back, and the brake says so once. */
export async function beBraked(day: Day, people: readonly [Person, Person, Person]): Promise<void> {
  const [first, second, third] = people;
  await remove(day, 'braked', first);
  await remove(day, 'braked', second);
  const answer = await day.send('braked', 'DELETE', `/Users/${third.id}`);
  const { requestId, status } = answered(answer);
  day.note({ application: 'braked', requestId, refusal: 'braked', action: 'brake', outcome: 'refused' });
  const about = { ...aboutPerson(third), application: 'braked', refusal: 'braked', requestId, status };
  day.note({ ...about, action: 'remove', outcome: 'refused' });
}
