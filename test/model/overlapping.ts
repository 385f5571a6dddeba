import { expect } from '@jest/globals';
import * as z from 'zod/mini';
import type { Endpoint } from '../support/endpoint.ts';
import { sendWrite } from './client.ts';
import type { Model } from './commands.ts';
import type { Directory } from './oracle/directory.ts';
import { foresee } from './oracle/foresee.ts';
import type { Write } from './oracle/request.ts';
import { showAll } from './oracle/show.ts';
import type { Plan } from './places.ts';
import { walked } from './reads.ts';

type Done = { readonly write: Write; readonly status: number; readonly id: string };

/** Sends all of them at the same time: there must be an order in which one after the other would have been answered so, and left this. */
export async function judgeRound(model: Model, endpoint: Endpoint, plans: readonly Plan[]): Promise<void> {
  const writes = plans.flatMap((plan) => plan.of(model.known) ?? []).map(unversioned);
  const done = await Promise.all(
    writes.map(async (write): Promise<Done> => {
      const { status, json } = await sendWrite(endpoint, write, () => undefined);
      return { write, status, id: json?.id ?? 'none' };
    }),
  );
  const found = { users: await walked(endpoint, 'User', 100), groups: await walked(endpoint, 'Group', 100) };

  const orders = ordersOf(done).flatMap((order) => outcomeOf(model.directory, order) ?? []);
  const explained = orders.find((directory) => isSame(showAll(directory), found));
  const answers = done.map(({ write, status }) => `${status} ${JSON.stringify(write)}`);
  if (explained === undefined) expect({ answers, found }).toEqual({ explainedBy: orders.map(showAll) });
  model.directory = withVersions(explained ?? model.directory, found);
  model.known = knownAfter(model.known, done);
}

/** Which version is the right one depends on who comes first. */
const unversioned = (write: Write): Write => ('condition' in write && write.condition === 'right' ? { ...write, condition: 'any' } : write);

/** What is there after them in this order; undefined where one would have been answered otherwise. */
function outcomeOf(before: Directory, order: readonly Done[]): Directory | undefined {
  let directory = before;
  for (const { write, status, id } of order) {
    const foreseen = foresee(directory, write, id);
    if (foreseen.status !== status) return undefined;
    directory = foreseen.directory;
  }
  return directory;
}

const ordersOf = <Value>(values: readonly Value[]): readonly (readonly Value[])[] =>
  values.length < 2
    ? [values]
    : values.flatMap((first, index) => ordersOf(values.filter((_, other) => other !== index)).map((rest) => [first, ...rest]));

/** From here on they are known again. */
function withVersions(
  { people, teams }: Directory,
  found: { readonly users: readonly unknown[]; readonly groups: readonly unknown[] },
): Directory {
  const versions = new Map([...found.users, ...found.groups].map((each) => versionSchema.parse(each)));
  const known = <Value extends { readonly id: string; readonly version: number }>(value: Value): readonly [string, Value] => [
    value.id,
    { ...value, version: versions.get(value.id) ?? value.version },
  ];
  return { people: new Map([...people.values()].map(known)), teams: new Map([...teams.values()].map(known)) };
}

const versionSchema = z.pipe(
  z.object({ id: z.string(), meta: z.object({ version: z.string() }) }),
  z.transform(({ id, meta }): readonly [string, number] => [id, Number(meta.version.replace(/\D/g, ''))]),
);

/** Versions apart: one that adds what another is just adding counts, too. */
const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one, withoutVersion) === JSON.stringify(other, withoutVersion);

const withoutVersion = (name: string, value: unknown): unknown => {
  if (name === 'version') return undefined;
  return isPlain(value) ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1))) : value;
};

const isPlain = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

function knownAfter({ users, groups }: Model['known'], done: readonly Done[]): Model['known'] {
  const idsOf = (kind: Write['kind']) => done.filter(({ write, status }) => write.kind === kind && status === 201).map(({ id }) => id);
  return { users: [...users, ...idsOf('createUser')], groups: [...groups, ...idsOf('createGroup')] };
}
