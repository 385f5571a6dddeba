import { printHeader } from '../../../src/directory/transfer/lines.ts';
import { aBulk, patch as patchOperation, postUser } from '../bulk.ts';
import { GROUP, patchOf } from '../local-client.ts';
import type { ApplicationName } from './applications.ts';
import type { Day, Person } from './day.ts';
import { aboutPerson, answered, replace } from './people.ts';

/** What the operator's terminal asks in the day. */
const REQUEST = { requestId: 'request-1', by: 'ops' };

export async function liveOfGroup(day: Day, application: ApplicationName, name: string, member: Person): Promise<void> {
  const created = await day.send(application, 'POST', '/Groups', { body: { schemas: [GROUP], displayName: name } });
  const about = { resourceType: 'Group', resourceId: String(created.json.id), subject: name, application };
  day.note({ ...about, ...answered(created), action: 'create', outcome: 'succeeded', changed: ['displayName'] });
  const path = `/Groups/${about.resourceId}`;
  const add = { body: patchOf({ op: 'add', path: 'members', value: [{ value: member.id }] }) };
  const added = await day.send(application, 'PATCH', path, add);
  day.note({ ...about, ...answered(added), action: 'update', outcome: 'succeeded', changed: ['members'] });
  await day.send(application, 'PATCH', path, add);
  const renamed = await day.send(application, 'PATCH', path, replace('displayName', `${name} 2`));
  const now = { ...about, subject: `${name} 2` };
  day.note({ ...now, ...answered(renamed), previousSubject: name, action: 'update', outcome: 'succeeded', changed: ['displayName'] });
  const removed = await day.send(application, 'DELETE', path);
  day.note({ ...now, ...answered(removed), action: 'remove', outcome: 'succeeded' });
}

/** One operation creates, one repeats a name, one refers to what failed, one changes. */
export async function sendBulk(day: Day, application: ApplicationName, name: string, person: Person, title: string): Promise<Person> {
  const operations = [
    postUser('new', { userName: name, externalId: name }),
    postUser('taken', { userName: person.name }),
    { ...postUser('late', { userName: `late-${name}`, manager: undefined }), ...referringTo('taken', `late-${name}`) },
    patchOperation(`/Users/${person.id}`, { op: 'replace', path: 'title', value: title }),
  ];
  const answer = await day.send(application, 'POST', '/Bulk', { body: aBulk(operations) });
  const { requestId } = answered(answer);
  const id = String(answer.json.Operations[0].location).split('/').at(-1) ?? '';
  const created = { id, name, externalId: name };
  const of = { application, requestId };
  const refused = { resourceType: 'User', action: 'create', outcome: 'refused', ...of } as const;
  day.note({
    ...of,
    ...aboutPerson(created),
    status: 201,
    operation: 0,
    action: 'create',
    outcome: 'succeeded',
    changed: ['userName', 'externalId'],
  });
  day.note({ ...refused, subject: person.name, refusal: 'uniqueness', status: 409, operation: 1 });
  day.note({ ...refused, subject: `late-${name}`, refusal: 'conflict', status: 409, operation: 2 });
  day.note({
    ...of,
    ...aboutPerson(person),
    status: Number(answer.json.Operations[3].status),
    operation: 3,
    action: 'update',
    outcome: 'succeeded',
    changed: ['title'],
  });
  return created;
}

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const referringTo = (bulkId: string, userName: string) => ({
  data: {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE],
    userName,
    [ENTERPRISE]: { manager: { value: `bulkId:${bulkId}` } },
  },
});

export async function sendNoBulk(day: Day, application: ApplicationName): Promise<void> {
  const answer = await day.send(application, 'POST', '/Bulk', { body: { schemas: [] } });
  const about = { application, resourceType: 'bulk', refusal: 'invalidSyntax' };
  day.note({ ...about, ...answered(answer), action: 'bulk', outcome: 'refused' });
}

export async function disableByOperator(day: Day, person: Person): Promise<void> {
  for (const changed of [['active'], []]) {
    await day.ask({ act: 'resource.disable', by: REQUEST.by, resource: person.name });
    if (changed.length > 0) day.note({ ...REQUEST, ...aboutPerson(person), action: 'disable', outcome: 'succeeded', changed });
  }
  await day.ask({ act: 'resource.enable', by: REQUEST.by, resource: person.id });
  day.note({ ...REQUEST, ...aboutPerson(person), action: 'enable', outcome: 'succeeded', changed: ['active'] });
}

export async function removeAndRestore(day: Day, person: Person): Promise<void> {
  await day.ask({ act: 'resource.remove', by: REQUEST.by, resource: person.name });
  day.note({ ...REQUEST, ...aboutPerson(person), action: 'remove', outcome: 'succeeded' });
  await day.ask({ act: 'resource.restore', by: REQUEST.by, resource: person.name });
  day.note({ ...REQUEST, ...aboutPerson(person), action: 'restore', outcome: 'succeeded' });
}

export async function purge(day: Day, person: Person): Promise<void> {
  await day.ask({ act: 'resource.purge', by: REQUEST.by, resource: person.name, dryRun: true });
  await day.ask({ act: 'resource.purge', by: REQUEST.by, resource: person.name });
  day.note({ ...REQUEST, ...aboutPerson(person), action: 'purge', outcome: 'succeeded' });
}

export async function askForNobody(day: Day, name: string): Promise<void> {
  await day.ask({ act: 'resource.remove', by: REQUEST.by, resource: name });
  day.note({ ...REQUEST, resourceType: 'User', subject: name, action: 'remove', outcome: 'refused' });
  await day.ask({ act: 'resource.show', by: REQUEST.by, resource: name });
}

const HEADER = printHeader({ schemas: [], types: [], removed: [], onceUnique: [] });

export async function importNothing(day: Day): Promise<void> {
  await day.ask({ act: 'directory.import', by: REQUEST.by, header: HEADER, lines: ['{"kind":"none"}'] });
  day.note({ ...REQUEST, action: 'import', outcome: 'refused' });
  await day.ask({ act: 'directory.import', by: REQUEST.by, header: HEADER, lines: [] });
}
