import * as z from 'zod/mini';
import type { FeedEntry } from '../../directory/feed/ports.ts';
import { familyOf, stateOf } from '../../directory/feed/state.ts';
import type { FeedWork, StoreCall } from '../../directory/ports.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { allOf, isAbsent, isEqual, isUnset } from '../condition.ts';
import { type Attributes, document, MalformedItem, number, optionalText, text } from '../item.ts';
import { keyOf } from '../keys.ts';
import { toResource } from '../rows.ts';
import { changeOf } from '../staged/change-state.ts';
import type { PlannedWrite } from '../write.ts';
import { authorIn, saidIn } from './last-change.ts';
import { FIRST_MEMBERS, nextMembers, placeSchema } from './next-members.ts';
import { TELLING_NOTHING } from './tell.ts';
import { isTold, NoLongerSo, type Telling } from './telling.ts';

/** Behind all that this version, and what was said of it since, gave rise to. */
const PARTS_OF_A_SAYING = 1_000_000;
const FIRST_PART = 500_000;

/** How far the last announcement has come; it is of this version, with that much said since, itself included. */
const progressSchema = z.extend(placeSchema, { version: z.int(), said: z.int(), part: z.int(), isDone: z.boolean() });
type Progress = z.output<typeof progressSchema>;

export type Announced = {
  readonly told: number;
  readonly isDone: boolean;
  /** What is to be told behind it: of a group that is gone, whom it had. */
  readonly departures?: Extract<FeedWork, { kind: 'departures' }>;
};

/**
 * Tells what a resource is now: a snapshot, behind it the members of a group, or that it is gone.
 *
 * How far this has come stands on the row, and moves on together with what is told; as soon as the resource changes, it
 * begins anew.
 */
export async function announce(
  telling: Telling,
  work: Extract<FeedWork, { kind: 'announce' }>,
  hasTime: () => boolean,
  call: StoreCall,
): Promise<Announced> {
  const type = telling.registry.find(({ name }) => name === work.type);
  let told = 0;
  while (hasTime()) {
    const row = await telling.table.get(keyOf.resource(work.type, work.id), call);
    const step = row === undefined ? await tellRemoval(telling, type, work, call) : await tellRow(telling, known(type), row, hasTime, call);
    told += step.told;
    if (step.isDone) return { ...step, told };
  }
  return { told, isDone: false };
}

function known(type: ResourceType | undefined): ResourceType {
  if (type === undefined) throw new MalformedItem('a resource is of no type that is known here');
  return type;
}

type Subject = { readonly type: ResourceType; readonly row: Attributes };

/** What is told next, and how far that has come then. */
type Step = { readonly entries: readonly FeedEntry[]; readonly next: Progress };

async function tellRow(telling: Telling, type: ResourceType, row: Attributes, hasTime: () => boolean, call: StoreCall): Promise<Announced> {
  let [asRead, progress, told] = [optionalText(row, 'announced'), leftIn(row), 0];
  while (hasTime()) {
    const { entries, next }: Step =
      progress === undefined
        ? snapshotStep(telling, { type, row }, saidIn(row) + 1)
        : await membersStep(telling, { type, row }, progress, call);
    const move = planMove(type, row, { asRead, progress }, next);
    if (!(await isTold(telling, entries, [move], call))) return { told, isDone: await isTakenOver(telling, type, row, call) };
    told += entries.length;
    if (next.isDone) return { told, isDone: true };
    [asRead, progress] = [JSON.stringify(next), next];
  }
  return { told, isDone: false };
}

/** That of another version, or before something was said of this one, is no longer true. */
function progressIn(row: Attributes): Progress | undefined {
  if (row['announced'] === undefined) return undefined;
  const progress = progressSchema.parse(document(row, 'announced'));
  return progress.version === row['version'] && progress.said === saidIn(row) ? progress : undefined;
}

/** What an announcement has still to tell; one that was told whole is followed by another. */
function leftIn(row: Attributes): Progress | undefined {
  const progress = progressIn(row);
  return progress?.isDone === true ? undefined : progress;
}

/** An announcement is something said: so it is later than all that anybody knows, a snapshot read elsewhere included. */
function snapshotStep({ values }: Telling, subject: Subject, said: number): Step {
  const { type, row } = subject;
  const version = number(row, 'version');
  const part = said * PARTS_OF_A_SAYING + FIRST_PART;
  const state = stateOf(type, toResource(type.name, row), values);
  return {
    entries: [{ type: `${familyOf(type)}.snapshot`, ...identityOf(subject), version, part, ...state }],
    next: { ...FIRST_MEMBERS, version, said, part, isDone: type.membersAttribute === undefined },
  };
}

async function membersStep({ table }: Telling, subject: Subject, progress: Progress, call: StoreCall): Promise<Step> {
  const { row } = subject;
  const group = { id: text(row, 'sk'), change: changeOf(row), isRemoved: false };
  const { ids, next, isLast } = await nextMembers(table, group, progress, call);
  const { version, said, part } = progress;
  if (ids.length === 0) return { entries: [], next: { ...next, version, said, part, isDone: true } };
  const entry = { type: 'members.added', ...identityOf(subject), version, part: part + 1, members: ids } as const;
  return { entries: [entry], next: { ...next, version, said, part: part + 1, isDone: isLast } };
}

const identityOf = ({ type, row }: Subject) => ({
  resourceType: type.name,
  resourceId: text(row, 'sk'),
  time: text(row, 'lastModified'),
});

type Reached = { readonly asRead: string | undefined; readonly progress: Progress | undefined };

/** What begins is something said, to which the table's stream has nothing to add. */
function planMove(type: ResourceType, row: Attributes, { asRead, progress }: Reached, next: Progress): PlannedWrite {
  const said = progress?.said ?? saidIn(row);
  const { set, ...rest } = progress === undefined ? TELLING_NOTHING : { set: {} };
  return {
    write: {
      kind: 'update',
      key: keyOf.resource(type.name, text(row, 'sk')),
      ...rest,
      set: { ...set, announced: JSON.stringify(next) },
      condition: allOf(
        isEqual('version', number(row, 'version')),
        said === 0 ? isUnset('said') : isEqual('said', said),
        asRead === undefined ? isUnset('announced') : isEqual('announced', asRead),
      ),
    },
    onConditionFailed: () => new NoLongerSo(),
  };
}

/** Whether somebody else announces what the resource is now; else it is to be announced as it is by now. */
async function isTakenOver({ table }: Telling, type: ResourceType, row: Attributes, call: StoreCall): Promise<boolean> {
  const now = await table.get(keyOf.resource(type.name, text(row, 'sk')), call);
  return now !== undefined && progressIn(now) !== undefined;
}

/**
 * What is not there and has left nothing behind is gone behind the last version known of it, if any is.
 *
 * @param type none where that is gone, too, as only one that was added can be
 */
async function tellRemoval(
  telling: Telling,
  type: ResourceType | undefined,
  { type: resourceType, id, version }: Extract<FeedWork, { kind: 'announce' }>,
  call: StoreCall,
): Promise<Announced> {
  const tombstone = await telling.table.get(keyOf.tombstone(resourceType, id), call);
  const last = tombstone === undefined ? version : number(tombstone, 'version');
  if (last === undefined) return { told: 0, isDone: true };
  const entry = {
    type: `${type ? familyOf(type) : 'resource'}.removed`,
    resourceType,
    resourceId: id,
    version: last + 1,
    part: 0,
  } as const;
  const nobody = { time: new Date(telling.pace.now()).toISOString() };
  const said = (tombstone && authorIn(tombstone)) ?? nobody;
  const isGone: PlannedWrite = {
    write: { kind: 'check', key: keyOf.resource(resourceType, id), condition: isAbsent },
    onConditionFailed: () => new NoLongerSo(),
  };
  const isDone = await isTold(telling, [{ ...entry, ...said }], [isGone], call);
  if (!isDone) return { told: 0, isDone };
  const departures = { kind: 'departures', type: resourceType, id, version: last + 1 } as const;
  return { told: 1, isDone, ...(tombstone && type?.membersAttribute !== undefined && { departures }) };
}
