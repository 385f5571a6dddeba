import { findMarked, takeBack } from '../../src/directory/creation-mark.ts';
import { appliedLeniencies } from '../../src/directory/leniencies.ts';
import { patchResource } from '../../src/directory/patch-resource.ts';
import type { StoredResource } from '../../src/directory/resource.ts';
import { openCircle } from '../../src/scim/bulk/open-circle.ts';
import { type BulkOperation, echoOf } from '../../src/scim/bulk/operation.ts';
import type { Block, Dependencies } from '../../src/scim/bulk/order.ts';
import { completion, type Postponement, postpone } from '../../src/scim/bulk/postpone.ts';
import type { OperationResult } from '../../src/scim/bulk/response.ts';
import { ScimError } from '../../src/scim/errors.ts';
import { etagOf } from '../../src/scim/messages.ts';
import { type Attempt, type Bulk, contextNow, openAttempt, requireCreated, requireTime, understand } from './bulk-attempt.ts';
import { conclude, type Failure, inTurn } from './bulk-errors.ts';
import { create } from './bulk-single.ts';
import { noteOutcome } from './serve-resources.ts';

/** One operation of a circle, with what of it has to wait for those that come later. */
type Step = Postponement & {
  readonly index: number;
  readonly attempt: Attempt;
  readonly operation: BulkOperation;
  readonly waiting: ReadonlySet<number>;
};

/** What a step has created or found; both numbers count changes, as an ETag does. */
type Made = Step & { readonly id: string; readonly isRepeat: boolean; readonly versionFound: number; version: number };

/**
 * Creates resources that refer to each other in a circle (RFC 7644 §3.7.1), all of them or none.
 *
 * First each is created without what refers to those that come later, then completed. What is created refers only to what
 * was created before it, and is taken back in the reverse order: wherever that breaks off, nothing refers to what is not
 * there, and the same request, sent again, can go on from it.
 */
export async function runCircle(bulk: Bulk, circle: Block, dependencies: Dependencies): Promise<readonly OperationResult[]> {
  const operations = new Map<number, BulkOperation>();
  const attempts = circle.map((index) => openAttempt(bulk, index));
  const made: Made[] = [];
  const misunderstood = await inTurn(attempts, (attempt) => operations.set(attempt.index, understand(bulk, attempt)));
  const steps = misunderstood ? [] : stepsOf(bulk, circle, dependencies, attempts, operations);
  const unmade = misunderstood ?? (await inTurn(steps, async (step) => made.push(await make(bulk, step))));
  const failure = unmade ?? (await inTurn(made, (each) => complete(bulk, each)));
  if (failure === undefined) return attempts.map((attempt) => conclude(bulk, attempt, undefined));
  return giveUp(bulk, attempts, failure, made, steps[made.length]);
}

function stepsOf(
  bulk: Bulk,
  circle: Block,
  dependencies: Dependencies,
  attempts: readonly Attempt[],
  operations: ReadonlyMap<number, BulkOperation>,
): readonly Step[] {
  const leniencies = appliedLeniencies(bulk.request.context.policy);
  const without = ({ type, data }: BulkOperation, later: ReadonlySet<number>): Postponement =>
    postpone(type, data, (bulkId) => later.has(bulk.creators.get(bulkId) ?? -1), leniencies);
  const all = new Set(circle);
  const isBound = (index: number): boolean => {
    const operation = operations.get(index);
    return operation !== undefined && !without(operation, all).isPossible;
  };
  const byIndex = new Map(attempts.map((attempt) => [attempt.index, attempt]));
  return openCircle(circle, dependencies, isBound).flatMap(({ index, waiting: listed }) => {
    const [attempt, operation, waiting] = [byIndex.get(index), operations.get(index), new Set(listed)];
    return attempt && operation ? [{ index, attempt, operation, waiting, ...without(operation, waiting) }] : [];
  });
}

async function make(bulk: Bulk, step: Step): Promise<Made> {
  const { attempt, operation, waiting, data, isPossible } = step;
  requireTime(bulk);
  requireCreated(bulk, operation, attempt.sent, waiting);
  if (!isPossible) throw new ScimError('conflict', `${operation.at}: a required attribute refers to what can only be created after it.`);
  const { id, version = 1, isRepeat } = await create(bulk, attempt, operation, data);
  return { ...step, id, isRepeat, versionFound: version, version };
}

async function complete(bulk: Bulk, made: Made): Promise<void> {
  const { attempt, operation, postponed, id } = made;
  if (postponed.length === 0) return;
  const { directory, created } = bulk;
  const body = completion(postponed, (bulkId) => created.get(bulkId));
  const outcome = await patchResource(directory, contextNow(bulk), operation.type, id, body, { conditions: {}, include: undefined });
  const changedPaths = [...new Set([...(attempt.line.changed ?? []), ...outcome.changedPaths])];
  noteOutcome(attempt, { ...outcome, changedPaths });
  made.version = outcome.version ?? made.version;
  if (attempt.done) attempt.done = { ...attempt.done, version: etagOf(made.version) };
}

/** Takes back what was created, and refuses every operation of the circle: one with its own reason, the others because of it. */
async function giveUp(
  bulk: Bulk,
  attempts: readonly Attempt[],
  failure: Failure,
  made: readonly Made[],
  next: Step | undefined,
): Promise<readonly OperationResult[]> {
  const left = new Set(made.map(({ index }) => index));
  const uncertain = isCertain(failure.error) ? undefined : next;
  const stuck = await inTurn([failure], () => takeAllBack(bulk, made, uncertain, left));
  for (const { sent } of attempts) bulk.created.delete(echoOf(sent).bulkId ?? '');
  return attempts.map((attempt) => {
    if (attempt.index === failure.index) return conclude(bulk, attempt, failure);
    const error = stuck !== undefined && left.has(attempt.index) ? stuck.error : brokenBy(failure, attempt);
    return conclude(bulk, attempt, { index: attempt.index, error });
  });
}

const isCertain = (error: unknown): boolean => error instanceof ScimError && error.kind !== 'unavailable';

const brokenBy = ({ index: failed }: Failure, { index }: Attempt): ScimError =>
  new ScimError(
    'conflict',
    `Operations[${index}]: it and Operations[${failed}] refer to each other, directly or not, and that one failed; correct it, and send them again.`,
  );

/**
 * What an earlier send of the request has completed is nobody's half-done work: it stays, whatever has become of the others
 * since. So does all of it where another send, at the same time, has completed it by now.
 */
async function takeAllBack(bulk: Bulk, made: readonly Made[], uncertain: Step | undefined, left: Set<number>): Promise<void> {
  const suspect = uncertain && (await findMade(bulk, uncertain, made));
  const all = suspect ? [...made, suspect] : made;
  const isUnfinished = all.some(({ isRepeat, postponed, versionFound }) => isRepeat && postponed.length > 0 && versionFound === 1);
  const going = all.filter(({ isRepeat }) => !isRepeat || isUnfinished).reverse();
  for (const each of going.filter(({ postponed }) => postponed.length > 0)) await requireUntouched(bulk, each);
  for (const each of going) {
    const isGone = await takeBack(bulk.directory, contextNow(bulk), each.operation.type, each);
    if (!isGone) throw changedByOthers(each.operation);
    left.delete(each.index);
  }
}

/** @throws {ScimError} conflict — somebody else has gone on with it */
async function requireUntouched(bulk: Bulk, { operation, version }: Made): Promise<void> {
  const found = await findAgain(bulk, operation);
  if (found !== undefined && found.version !== version) throw changedByOthers(operation);
}

/** A creation whose outcome nobody knows may have happened; what was there before the request is an earlier send's. */
async function findMade(bulk: Bulk, step: Step, made: readonly Made[]): Promise<Made | undefined> {
  const found = await findAgain(bulk, step.operation);
  if (found === undefined) return undefined;
  const wasBefore = Date.parse(found.created) < bulk.request.context.now.getTime();
  const isRepeat = wasBefore || made.length === 0 || made.some((each) => each.isRepeat);
  return { ...step, id: found.id, isRepeat, versionFound: found.version, version: found.version };
}

const findAgain = ({ directory, request, markOf }: Bulk, { type, bulkId = '' }: BulkOperation): Promise<StoredResource | undefined> =>
  findMarked(directory, request.context, type, markOf(bulkId));

const changedByOthers = ({ at }: BulkOperation): ScimError =>
  new ScimError(
    'conflict',
    `${at}: an operation that it belongs together with failed, and what was created has been changed by others since: it stays.`,
  );
