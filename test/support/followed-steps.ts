import * as fc from 'fast-check';
import { indexEntries } from '../../src/directory/index-entries.ts';
import type { Change, RemovedResource } from '../../src/directory/ports.ts';
import type { StoredResource } from '../../src/directory/resource.ts';
import type { ResourceType } from '../../src/scim/schema/resource-type.ts';
import { readExample, registryWith } from './custom-registry.ts';
import { STAMP } from './store-call.ts';
import { aGroup, asMember, aUser } from './store-resources.ts';

/** Users, groups, and devices. */
export const FOLLOWED_TYPES = registryWith(readExample('device.json'));

/** What there is, and what can be done to it. */
export type Scene = {
  /** No other step has the same. */
  readonly step: number;
  readonly one: number;
  readonly some: readonly number[];
  readonly resources: readonly StoredResource[];
  readonly removed: readonly RemovedResource[];
  readonly commit: (change: Change) => Promise<void>;
  readonly sweep: () => Promise<void>;
  /** Goes on until nothing is left to be done, and nobody sees anything of it any more. */
  readonly settle: () => Promise<void>;
  readonly save: () => Promise<void>;
  readonly bring: (onConflict: 'replace' | 'skip') => Promise<void>;
};

const STEPS = {
  users: async ({ step, commit }: Scene) => {
    for (const part of [0, 1, 2]) await commit(creation(aUser(`user.${step}.${part}`, { active: part > 0 })));
  },
  device: ({ step, commit }: Scene) => commit(creation({ ...aUser(''), type: 'Device', attributes: { serialNumber: `SN-${step}` } })),
  group: (scene: Scene) => scene.commit(creation(aGroup(`Group ${scene.step}`), chosen(scene, undefined))),
  update: async ({ step, one, resources, commit }: Scene) => {
    const resource = pick(resources, one);
    if (resource) await commit(update(resource, { title: `Title ${step}` }));
  },
  toggle: async ({ step, one, resources, commit }: Scene) => {
    const user = pick(ofType(resources, 'User'), one);
    const more = one % 2 === 0 ? { title: `Title ${step}` } : {};
    if (user) await commit(update(user, { active: user.attributes['active'] === false, ...more }));
  },
  rename: async ({ step, one, resources, commit }: Scene) => {
    const group = pick(ofType(resources, 'Group'), one);
    if (group) await commit(update(group, { displayName: `Renamed ${step}` }));
  },
  members: async (scene: Scene) => {
    const group = pick(ofType(scene.resources, 'Group'), scene.one);
    if (group) await scene.commit(memberChange(group, chosen(scene, group.id), scene.one % 3));
  },
  remove: async ({ one, resources, commit }: Scene) => {
    const resource = pick(resources, one);
    if (resource) await commit({ kind: 'delete', before: resource, entries: entriesFor(resource), stamp: STAMP });
  },
  restore: async ({ one, removed, commit }: Scene) => {
    const before = pick(removed, one)?.resource;
    if (before) await commit({ kind: 'restore', before, entries: entriesFor(before), stamp: STAMP });
  },
  return: async ({ step, one, removed, commit }: Scene) => {
    const before = pick(removed, one)?.resource;
    if (before?.type !== 'User') return;
    const after = { ...before, attributes: { ...before.attributes, title: `Returned ${step}` } };
    await commit({ kind: 'restore', before, after, entries: entriesFor(after), stamp: STAMP });
  },
  sweep: ({ sweep }: Scene) => sweep(),
  settle: ({ settle }: Scene) => settle(),
  save: ({ save }: Scene) => save(),
  import: async ({ one, settle, bring }: Scene) => {
    await settle();
    await bring(one % 2 === 0 ? 'replace' : 'skip');
  },
} as const;

export type Step = { readonly kind: keyof typeof STEPS; readonly one: number; readonly some: readonly number[] };

/** Something that is done; what it is done to is chosen by numbers among what there is then. */
export const anyStep: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(
    'members',
    'remove',
    'users',
    'device',
    'group',
    'update',
    'toggle',
    'rename',
    'restore',
    'return',
    'sweep',
    'settle',
    'save',
    'import',
  ),
  one: fc.nat(99),
  some: fc.array(fc.nat(99), { maxLength: 8 }),
});

export const take = ({ kind }: Step, scene: Scene): Promise<void> => STEPS[kind](scene);

export function typeNamed(name: string): ResourceType {
  const found = FOLLOWED_TYPES.find((type) => type.name === name);
  if (found === undefined) throw new TypeError(`there is no type ${name}`);
  return found;
}

const entriesFor = (resource: StoredResource) => indexEntries(typeNamed(resource.type), resource);

const pick = <Value>(values: readonly Value[], at: number): Value | undefined => values[at % Math.max(1, values.length)];

const ofType = (resources: readonly StoredResource[], type: string) => resources.filter((resource) => resource.type === type);

const chosen = ({ some, resources }: Scene, groupId: string | undefined): readonly StoredResource[] =>
  [...new Set(some.flatMap((at) => pick(resources, at) ?? []))].filter(({ id }) => id !== groupId);

const creation = (resource: StoredResource, members: readonly StoredResource[] = []): Change => ({
  kind: 'create',
  resource,
  entries: entriesFor(resource),
  members: members.map(asMember),
  stamp: STAMP,
});

const update = (before: StoredResource, attributes: StoredResource['attributes']): Change & { readonly kind: 'update' } => {
  const after = { ...before, attributes: { ...before.attributes, ...attributes } };
  return {
    kind: 'update',
    before,
    after,
    entriesBefore: entriesFor(before),
    entriesAfter: entriesFor(after),
    members: { add: [], remove: [] },
    expect: 'version',
    stamp: { ...STAMP, paths: Object.keys(attributes) },
  };
};

/** @param halves of those who are chosen, so many go */
function memberChange(group: StoredResource, members: readonly StoredResource[], halves: number): Change {
  const middle = Math.ceil((members.length * halves) / 2);
  return {
    ...update(group, {}),
    members: { add: members.slice(middle).map(asMember), remove: members.slice(0, middle).map(({ id }) => id) },
    expect: 'exists',
    stamp: { ...STAMP, paths: ['members'] },
  };
}
