import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Change, type DirectoryStore, type Loaded, StaleRead } from '../../../src/directory/ports.ts';
import type { StoredResource } from '../../../src/directory/resource.ts';
import { openDirectoryStore } from '../../../src/dynamodb/store.ts';
import { ScimError } from '../../../src/scim/errors.ts';
import { REGISTRY } from '../../../src/scim/schema/resource-types.ts';
import { drain } from '../../support/drain.ts';
import { openTestTable } from '../../support/dynamodb-client.ts';
import { refuseOverlaps } from '../../support/dynamodb-conflicts.ts';
import { contradictions } from '../../support/dynamodb-invariants.ts';
import { readTable } from '../../support/dynamodb-table.ts';
import { aCall } from '../../support/store-call.ts';
import { aGroup, asMember, aUser, create, deletion, memberChange, update } from '../../support/store-resources.ts';

/** What a step does; users and groups are named by their place in the order of creation. */
type Step =
  | { readonly do: 'create'; readonly type: 'User' | 'Group'; readonly name: string }
  | { readonly do: 'rename' | 'delete' | 'join' | 'leave'; readonly subject: number; readonly member: number; readonly name: string };

const place = fc.nat({ max: 9 });
const name = fc.constantFrom('ada', 'bob', 'cyd', 'dan', 'eve', 'fay');

const creating = fc.record({ do: fc.constant('create' as const), type: fc.constantFrom('User' as const, 'Group' as const), name });
const changing = fc.record({
  do: fc.constantFrom('rename' as const, 'delete' as const, 'join' as const, 'join' as const, 'leave' as const),
  subject: place,
  member: place,
  name,
});

const step: fc.Arbitrary<Step> = fc.oneof({ weight: 1, arbitrary: creating }, { weight: 2, arbitrary: changing });

const nameIn = ({ type }: StoredResource): string => (type === 'User' ? 'userName' : 'displayName');

/** A directory as a person would picture it: names, and who is in what. */
class Model {
  readonly names = new Map<string, string>();
  readonly types = new Map<string, string>();
  readonly members = new Map<string, Set<string>>();

  isTaken(type: string, wanted: string, but?: string): boolean {
    return [...this.names].some(([id, taken]) => taken === wanted && this.types.get(id) === type && id !== but);
  }

  groupsOf(id: string): readonly string[] {
    return [...this.members].filter(([, members]) => members.has(id)).map(([group]) => group);
  }

  remove(id: string): void {
    for (const map of [this.names, this.types, this.members]) map.delete(id);
    for (const members of this.members.values()) members.delete(id);
  }
}

const load = async (store: DirectoryStore, { type, id }: StoredResource): Promise<Loaded | undefined> =>
  store.load(type, id, { groups: true, members: type === 'Group' }, aCall());

/** Carries out one step as a use case would, and says how it ended. */
async function carryOut(store: DirectoryStore, known: StoredResource[], action: Step): Promise<string> {
  if (action.do === 'create') {
    const resource = action.type === 'User' ? aUser(action.name) : aGroup(action.name);
    known.push(resource);
    return settle(() => create(store, resource));
  }
  const subject = known[action.subject];
  for (;;) {
    const read = subject && (await load(store, subject))?.resource;
    const change = read && changeOf(known, read, action);
    if (!change) return 'nothing';
    const outcome = await settle(() => store.commit(change, aCall()));
    if (outcome !== 'stale') return outcome;
  }
}

function changeOf(known: readonly StoredResource[], read: StoredResource, action: Exclude<Step, { do: 'create' }>): Change | undefined {
  if (action.do === 'delete') return deletion(read);
  if (action.do === 'rename') return update(read, { ...read, attributes: { ...read.attributes, [nameIn(read)]: action.name } });
  const member = known[action.member];
  if (read.type !== 'Group' || !member || member.id === read.id) return undefined;
  return action.do === 'join' ? memberChange(read, [asMember(member)]) : memberChange(read, [], [member.id]);
}

async function settle(work: () => Promise<unknown>): Promise<'done' | 'refused' | 'stale'> {
  try {
    await work();
    return 'done';
  } catch (error) {
    if (error instanceof StaleRead) return 'stale';
    if (error instanceof ScimError && ['uniqueness', 'invalidValue'].includes(error.kind)) return 'refused';
    throw error;
  }
}

function expected(model: Model, known: readonly StoredResource[], action: Step): 'done' | 'refused' | 'nothing' {
  if (action.do === 'create') return model.isTaken(action.type, action.name) ? 'refused' : 'done';
  const subject = known[action.subject];
  if (!subject || !model.names.has(subject.id)) return 'nothing';
  if (action.do === 'delete') return 'done';
  if (action.do === 'rename') return model.isTaken(subject.type, action.name, subject.id) ? 'refused' : 'done';
  const member = known[action.member];
  if (subject.type !== 'Group' || !member || member.id === subject.id) return 'nothing';
  return action.do === 'join' && !model.names.has(member.id) ? 'refused' : 'done';
}

function apply(model: Model, known: readonly StoredResource[], action: Step): void {
  if (action.do === 'create') {
    const { id = '', type = '' } = known.at(-1) ?? {};
    model.names.set(id, action.name);
    model.types.set(id, type);
    if (type === 'Group') model.members.set(id, new Set());
    return;
  }
  const subject = known[action.subject]?.id ?? '';
  if (action.do === 'delete') model.remove(subject);
  else if (action.do === 'rename') model.names.set(subject, action.name);
  else if (action.do === 'join') model.members.get(subject)?.add(known[action.member]?.id ?? '');
  else model.members.get(subject)?.delete(known[action.member]?.id ?? '');
}

async function compare(store: DirectoryStore, known: readonly StoredResource[], model: Model): Promise<void> {
  for (const resource of known) {
    const loaded = await load(store, resource);
    expect(loaded?.resource.attributes[nameIn(resource)]).toBe(model.names.get(resource.id));
    if (!loaded) continue;
    const groups = model.groupsOf(resource.id).map((value) => ({ value, display: model.names.get(value) }));
    expect(new Set(loaded.groups)).toEqual(new Set(groups));
    expect(new Set(loaded.members?.map(({ value }) => value))).toEqual(new Set(model.members.get(resource.id)));
  }
  expect(await store.count('User', aCall())).toBe([...model.types.values()].filter((type) => type === 'User').length);
}

/** Hundreds of steps against a store that shares this machine with the other tests. */
const PATIENCE_MS = 60_000;

describe('the store', () => {
  let table: Awaited<ReturnType<typeof openTestTable>>;

  const fresh = async () => {
    table = await openTestTable();
    return openDirectoryStore({ ...table, registry: REGISTRY });
  };

  it(
    'does what a plain model of a directory does, whatever is done in whatever order',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30, size: 'max' }), async (steps) => {
          const [store, model, known] = [await fresh(), new Model(), [] as StoredResource[]];

          for (const action of steps) {
            const foreseen = expected(model, known, action);
            expect(await carryOut(store, known, action)).toBe(foreseen);
            if (foreseen === 'done') apply(model, known, action);
          }

          await compare(store, known, model);
          await drain(table);
          expect(contradictions(await readTable(table.client, table.tableName))).toEqual([]);
        }),
        { numRuns: 25 },
      );
    },
    PATIENCE_MS,
  );

  it(
    'never contradicts itself, however changes overlap',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 3, maxLength: 8 }), async (rounds) => {
          const [store, known] = [await fresh(), [] as StoredResource[]];
          refuseOverlaps(table.client, { holdMs: 0 });

          for (const steps of rounds) await Promise.all(steps.map((action) => carryOut(store, known, action)));

          await drain(table);
          expect(contradictions(await readTable(table.client, table.tableName))).toEqual([]);
        }),
        { numRuns: 25 },
      );
    },
    PATIENCE_MS,
  );
});
