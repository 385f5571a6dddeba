import { AdminRefusal } from '../../access/admin-refusal.ts';
import type { RequestOf } from '../../access/admin-request.ts';
import { type Administered, eventOf } from '../../access/administration.ts';
import { ScimError } from '../../scim/errors.ts';
import { StaleRead, type StoreCall } from '../ports.ts';
import type { ImportedBatch } from './answers.ts';
import { type ImportContext, RefusedLine } from './context.ts';
import { importMembers } from './import-members.ts';
import { createTogether, importResource } from './import-resource.ts';
import { importSchemas } from './import-schemas.ts';
import { chunksOf, isResource, type Judged, lanesOf, parseLines, windowsOf } from './import-windows.ts';
import type { ResourceLine } from './lines.ts';
import type { Found } from './ports.ts';
import { Tally } from './tally.ts';
import type { Transfer } from './transfer.ts';

/** No other window is begun when so little of the request's time is left: the slowest takes about as long. */
const WINDOW_MS = 10_000;

/**
 * Brings lines of a file into the directory, each of them whole or not at all. Says how many it came to judge, so that the
 * caller sends the others again.
 *
 * @throws {AdminRefusal} the file is none, or its schemas cannot be taken over
 */
export async function importDirectory(
  transfer: Transfer,
  request: RequestOf<'directory.import'>,
  call: StoreCall,
): Promise<Administered<ImportedBatch>> {
  const { lines, firstLine, header, dryRun, ...policy } = request;
  const schemas = await importSchemas(transfer, header, { ...policy, dryRun }, call);
  const { registry, customization, outcome } = schemas;
  const context = {
    store: transfer.storeOf(registry),
    registry,
    customization,
    policy: { ...policy, dryRun },
    mappingOf: transfer.mappingOf,
    now: transfer.now,
  };
  const tally = new Tally();
  const done = await judge(context, parseLines(lines, firstLine), tally, call);
  const { counts, refused, unknown } = tally;
  const applied = outcome === 'applied' ? { schemas: customization.schemas.map(({ id }) => id) } : {};
  return {
    result: { dryRun, done, schemas: outcome, counts, refused, unknown },
    event: eventOf(request, new Date(transfer.now()), { ...applied, counts, ...(dryRun && { dryRun }) }),
  };
}

/** Time that runs out, and a store that is out of reach, end the batch, and not what it has done. */
async function judge(context: ImportContext, lines: readonly Judged[], tally: Tally, call: StoreCall): Promise<number> {
  let done = 0;
  for (const window of windowsOf(lines)) {
    if (done > 0 && context.now() > call.deadlineMs - WINDOW_MS) return done;
    const ofWindow = new Tally();
    try {
      await judgeWindow(context, window, ofWindow, call);
    } catch (error) {
      if (error instanceof ScimError && error.kind === 'unavailable') return done;
      throw error;
    }
    tally.join(ofWindow);
    done += window.length;
  }
  return done;
}

/** More would not be done sooner: a call waits for those before it, and is given up after two seconds. */
const LANES_AT_ONCE = 4;

/** What is in one lane would stand in its own way, so it is done one after another. */
async function judgeWindow(context: ImportContext, window: readonly Judged[], tally: Tally, call: StoreCall): Promise<void> {
  const found = await lookAll(context, window, call);
  const lanes = [...lanesOf(window)];
  const work = async (): Promise<void> => {
    for (let lane = lanes.shift(); lane !== undefined; lane = lanes.shift()) {
      for (const some of chunksOf(lane)) await judgeSome(context, some, found, tally, call);
    }
  };
  const settled = await Promise.allSettled(Array.from({ length: LANES_AT_ONCE }, work));
  const failure = settled.find((worker) => worker.status === 'rejected');
  if (failure) throw failure.reason;
}

async function judgeSome(
  context: ImportContext,
  lines: readonly Judged[],
  found: ReadonlyMap<string, Found>,
  tally: Tally,
  call: StoreCall,
): Promise<void> {
  if (await areCreated(context, lines, found, tally, call)) return;
  for (const line of lines) await judgeLine(context, line, found, tally, call);
}

/** Creates new resources together, which is several times as fast; says whether it could. */
async function areCreated(
  context: ImportContext,
  lines: readonly Judged[],
  found: ReadonlyMap<string, Found>,
  tally: Tally,
  call: StoreCall,
): Promise<boolean> {
  const resources = lines.filter(isResource).map(({ line }) => line);
  const isNew = ({ type, id }: ResourceLine): boolean => Object.keys(found.get(`${type} ${id}`) ?? {}).length === 0;
  if (context.policy.dryRun || resources.length < lines.length || !resources.every(isNew)) return false;
  try {
    await createTogether(context, resources, call);
    for (const _created of resources) tally.resource('created');
    return true;
  } catch (error) {
    if (isOfTheLine(error) || error instanceof StaleRead) return false;
    throw error;
  }
}

async function lookAll(
  { store, registry }: ImportContext,
  window: readonly Judged[],
  call: StoreCall,
): Promise<ReadonlyMap<string, Found>> {
  const resources = window.filter(isResource).map(({ line }) => line);
  const types = registry.map(({ name }) => name).filter((name) => resources.some(({ type }) => type === name));
  const looked = await Promise.all(
    types.map((type) =>
      store.look(
        type,
        resources.filter((line) => line.type === type).map(({ id }) => id),
        call,
      ),
    ),
  );
  return new Map(looked.flatMap((each, index) => [...each].map(([id, found]) => [`${types[index]} ${id}`, found])));
}

async function judgeLine(
  context: ImportContext,
  numbered: Judged,
  found: ReadonlyMap<string, Found>,
  tally: Tally,
  call: StoreCall,
): Promise<void> {
  try {
    if ('fault' in numbered) throw new RefusedLine(numbered.fault);
    const { line } = numbered;
    if (line.kind === 'resource') tally.resource(await importResource(context, line, found.get(`${line.type} ${line.id}`), call));
    else if (line.kind === 'members') tally.members(numbered.number, line.group, await importMembers(context, line, call));
  } catch (error) {
    if (!isOfTheLine(error)) throw error;
    tally.refuse(numbered.number, `${describe(numbered)}: ${error.message}`);
  }
}

const isOfTheLine = (error: unknown): error is Error =>
  error instanceof RefusedLine || (error instanceof ScimError && error.kind !== 'unavailable') || error instanceof AdminRefusal;

function describe(numbered: Judged): string {
  if ('fault' in numbered || numbered.line.kind === 'end') return 'this is no line of an export';
  const { line } = numbered;
  return line.kind === 'resource' ? `${line.type} ${line.id}` : `members of the ${line.type} ${line.group}`;
}
