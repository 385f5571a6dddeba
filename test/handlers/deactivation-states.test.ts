import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { openDirectoryStore } from '../../src/dynamodb/store.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { aDirectoryTerminal } from '../support/directory-terminal.ts';
import { type Answer, type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { administerRemoved } from '../support/removed.ts';
import { aCall } from '../support/store-call.ts';
import { openTestStore, type TestStore } from '../support/store-open.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/explanation/deactivation.md'), 'utf8');
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const SETTINGS = ['standard', 'on', 'off'] as const;
const DAY_MS = 86_400_000;

type Setting = (typeof SETTINGS)[number];
type Edge = { readonly setting: Setting; readonly state: string; readonly event: string; readonly next: string; readonly answer: string };

const EDGES: readonly Edge[] = PAGE.split('\n')
  .filter((line) => /^\| (any|standard|on|off|standard, on|standard, off) \| [a-z]+ \| /.test(line))
  .flatMap((line) => {
    const [settings = '', state = '', event = '', next = '', answer = ''] = line.slice(2, -2).split(' | ');
    const named = SETTINGS.filter((setting) => settings === 'any' || settings.split(', ').includes(setting));
    return named.map((setting) => ({ setting, state, event, next, answer }));
  });

const DRAWN = PAGE.split('\n').flatMap((line) => {
  const drawn = /^ {4}(\w+) --> (\w+): /.exec(line);
  return drawn ? [`${drawn[1]} → ${drawn[2]}`] : [];
});

let table: TestStore;
let endpoints: Readonly<Record<Setting, Endpoint>>;
let count = 0;

beforeAll(async () => {
  table = await openTestStore();
  const open = (deleteDeactivatedUsers: Setting) => openEndpoint({ policy: { deleteDeactivatedUsers }, openStore: async () => table });
  endpoints = { standard: await open('standard'), on: await open('on'), off: await open('off') };
});

type Person = { readonly id: string; readonly userName: string; readonly wasActive: boolean };
type Sending = (endpoint: Endpoint, person: Person) => Promise<Answer>;

const bodyOf = (userName: string, active: boolean, externalId: string) => ({ schemas: [USER], userName, externalId, active });

const posting =
  (active: boolean, externalId?: string): Sending =>
  ({ send }, { userName }) =>
    send('POST', '/Users', { body: bodyOf(userName.toUpperCase(), active, externalId ?? `E-${userName}`) });

const patching =
  (active: boolean): Sending =>
  ({ send }, { id }) =>
    send('PATCH', `/Users/${id}`, { body: { schemas: [PATCH], Operations: [{ op: 'Replace', path: 'active', value: active }] } });

const putting =
  (active: boolean): Sending =>
  ({ send }, { id, userName }) =>
    send('PUT', `/Users/${id}`, { body: bodyOf(userName, active, `E-${userName}`) });

const deleting: Sending = ({ send }, { id }) => send('DELETE', `/Users/${id}`);

const SENT: Readonly<Record<string, Sending>> = {
  POST: posting(true),
  'POST, active false': posting(false),
  'POST, another': posting(true, 'E-another'),
  'PATCH active true': patching(true),
  'PATCH active false': patching(false),
  'PUT active true': putting(true),
  'PUT active false': putting(false),
  DELETE: deleting,
};

const OPERATORS: Readonly<Record<string, (person: Person) => Promise<unknown>>> = {
  restore: ({ id }) => administerRemoved(table).restore('User', id),
  'retention over': async () => undefined,
  purge: async ({ id, userName }) =>
    expect(await aDirectoryTerminal(table).scim('user', 'purge', id, '--confirm', userName.toUpperCase())).toMatchObject({ status: 0 }),
};

/** Where an id stands, and stands still after the given time. */
async function stateOf({ id }: Person, laterMs = 0): Promise<string> {
  const { status, json } = await endpoints.standard.send('GET', `/Users/${id}`);
  if (status === 200) return json.active === false ? 'disabled' : 'active';
  const later = openDirectoryStore({ ...table, registry: REGISTRY, now: () => Date.now() + laterMs });
  const removed = await later.loadRemoved('User', id, aCall({ deadlineMs: Date.now() + laterMs + 10_000 }));
  if (removed === undefined) return 'purged';
  return removed.until === undefined ? 'kept' : 'removed';
}

/** Somebody who is in this state. */
async function somebody(state: string, wasActive: boolean): Promise<Person> {
  count += 1;
  const person = { id: '', userName: `person-${count}`, wasActive };
  if (state === 'absent') return person;
  const { json } = await posting(state === 'disabled' ? false : wasActive)(endpoints.standard, person);
  const there = { ...person, id: json.id };
  if (state === 'removed') await deleting(endpoints.standard, there);
  if (state === 'kept') await deleting(endpoints.off, there);
  expect(await stateOf(there)).toBe(state);
  return there;
}

const idIn = (answer: Answer, former: string): string => (answer.json.id === former ? 'the former id' : 'another id');

function answered(answer: Answer, { state }: Edge, { id }: Person): string {
  if (answer.status !== 201 || state === 'absent') return String(answer.status);
  return `201, ${idIn(answer, id)}`;
}

describe('the states of a user', () => {
  it.each(EDGES.flatMap((edge) => [true, false].map((wasActive) => ({ ...edge, wasActive }))))(
    'with the setting $setting, $state, after $event: $next, $answer (active before: $wasActive)',
    async ({ wasActive, ...edge }) => {
      const person = await somebody(edge.state, edge.state === 'active' || (edge.state !== 'disabled' && wasActive));
      const send = SENT[edge.event];

      const answer = await send?.(endpoints[edge.setting], person);
      if (send === undefined) await OPERATORS[edge.event]?.(person);

      const subject = edge.state === 'absent' ? { ...person, id: answer?.json.id } : person;
      const wanted = edge.next === 'as it was' ? (person.wasActive ? 'active' : 'disabled') : edge.next;
      expect(await stateOf(subject, edge.event === 'retention over' ? 31 * DAY_MS : 0)).toBe(wanted);
      expect(answer ? answered(answer, edge, person) : '—').toBe(edge.answer);
    },
  );

  it('are described for every event under every setting, each once', () => {
    const reachable = ['active', 'disabled', 'removed', 'kept'].flatMap((state) =>
      [...Object.keys(SENT), ...(['removed', 'kept'].includes(state) ? Object.keys(OPERATORS) : [])].map((event) => `${state} ${event}`),
    );
    const wanted = SETTINGS.flatMap((setting) =>
      ['absent POST', 'absent POST, active false', ...reachable].map((what) => `${setting} ${what}`),
    );

    expect(EDGES.map(({ setting, state, event }) => `${setting} ${state} ${event}`).sort()).toEqual(wanted.sort());
  });

  it('are drawn as they are described', () => {
    const asItWas = (next: string) => (next === 'as it was' ? ['active', 'disabled'] : [next]);
    const described = EDGES.flatMap(({ state, next }) => asItWas(next).map((to) => [state, to] as const))
      .filter(([from, to]) => from !== to)
      .map(([from, to]) => `${from} → ${to}`);

    expect([...new Set(DRAWN)].sort()).toEqual([...new Set(described)].sort());
  });
});
