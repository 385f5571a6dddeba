import { AdminRefusal } from '../../access/admin-refusal.ts';
import type { Concern } from '../../scim/schema/custom/concern.ts';
import type { StoreCall } from '../ports.ts';
import type { SchemaAdministration } from './administer.ts';

/** Ids of resources that are named; the others are counted. */
const NAMED_IDS = 5;
/** Time kept back from the deadline, to write the change or to say how far it came. */
const ANSWER_MS = 2_000;

type Obstacle = { readonly concern: Concern; count: number; readonly ids: string[] };

/**
 * Looks at every resource that a change concerns, collection by collection, and refuses the change if it would lose or
 * contradict a stored value.
 *
 * @throws {AdminRefusal} naming what stands in the way; or that there is too much to look at
 */
export async function refuseObstacles(administration: SchemaAdministration, concerns: readonly Concern[], call: StoreCall): Promise<void> {
  const obstacles: Obstacle[] = concerns.map((concern) => ({ concern, count: 0, ids: [] }));
  const types = new Set(concerns.map(({ type }) => type));
  for (const type of types) {
    await lookThrough(
      administration,
      type,
      obstacles.filter(({ concern }) => concern.type === type),
      call,
    );
  }
  const found = obstacles.filter(({ count }) => count > 0);
  if (found.length > 0) throw new AdminRefusal(found.map(describe).join('\n'));
}

async function lookThrough(
  { directory, now }: SchemaAdministration,
  type: string,
  obstacles: readonly Obstacle[],
  call: StoreCall,
): Promise<void> {
  const all = await directory.count(type, call);
  let seen = 0;
  for await (const chunk of directory.scan(type, {}, call)) {
    for (const { resource } of chunk) for (const obstacle of obstacles) note(obstacle, resource);
    seen += chunk.length;
    if (seen < all && now() > call.deadlineMs - ANSWER_MS) throw tooMany(type, seen, all);
  }
}

/** Adds up in place: there may be a million of them. */
function note(
  obstacle: Obstacle,
  { id, attributes }: { readonly id: string; readonly attributes: Parameters<Concern['concerns']>[0] },
): void {
  if (!obstacle.concern.concerns(attributes)) return;
  obstacle.count += 1;
  if (obstacle.ids.length < NAMED_IDS) obstacle.ids.push(id);
}

function describe({ concern: { type, subject, trouble, remedy }, count, ids }: Obstacle): string {
  const more = count > ids.length ? ` and ${count - ids.length} more` : '';
  return `${subject}: ${trouble}, of ${count} ${type} (${ids.join(', ')}${more}); ${remedy}.`;
}

const tooMany = (type: string, seen: number, all: number): AdminRefusal =>
  new AdminRefusal(
    `The change concerns values that may be stored, and only ${seen} of ${all} ${type} resources could be looked at in time: add another attribute instead of changing this one.`,
  );
