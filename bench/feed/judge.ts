import { isDeepStrictEqual } from 'node:util';
import { type ChangeEvent, isLater } from '../../src/directory/feed/change-event.ts';
import type { Acknowledged } from './writer.ts';

/** Where the log says something twice that is not the same, leaves a version out, or goes back. */
export function faultsOfOrder(events: readonly ChangeEvent[], versions: ReadonlyMap<string, number>): readonly string[] {
  const faults: string[] = [];
  const told = new Map<string, ChangeEvent>();
  const last = new Map<string, ChangeEvent>();
  for (const event of events) {
    const known = last.get(event.resourceId);
    const earlier = told.get(event.id);
    if (known !== undefined && !isLater(event, known)) {
      if (earlier === undefined) faults.push(`${nameOf(event)} comes behind ${nameOf(known)}`);
      else if (!isDeepStrictEqual(earlier, event)) faults.push(`${nameOf(event)} is told again, and otherwise`);
      continue;
    }
    faults.push(...leftOut(event, known));
    told.set(event.id, event);
    last.set(event.resourceId, event);
  }
  const behind = [...versions].filter(([id, version]) => last.get(id)?.version !== version);
  return [...faults, ...behind.map(([id, version]) => `${id} is at version ${version}, the log at ${last.get(id)?.version ?? 'none'}`)];
}

/** Each version is told of: only what is brought in the place of a removed one may leave some out. */
function leftOut(event: ChangeEvent, known: ChangeEvent | undefined): readonly string[] {
  const expected = known === undefined ? [1] : [known.version, known.version + 1];
  const isBeginning = known?.type.endsWith('.removed') && event.type.endsWith('.created');
  return isBeginning || expected.includes(event.version)
    ? []
    : [`${nameOf(event)} comes behind ${known === undefined ? 'nothing' : nameOf(known)}`];
}

/** What was acknowledged and is not in the log as the change of that request. */
export function faultsOfAcknowledged(events: readonly ChangeEvent[], acknowledged: readonly Acknowledged[]): readonly string[] {
  const requests = new Set(
    events.flatMap(({ type, resourceId, version, requestId }) => [
      `${resourceId} ${version} ${requestId}`,
      ...(type.endsWith('.removed') && !type.startsWith('members') ? [`${resourceId} removed ${requestId}`] : []),
    ]),
  );
  return acknowledged
    .filter(({ id, version, requestId }) => !requests.has(`${id} ${version} ${requestId}`))
    .map(({ id, version, requestId }) => `version ${version} of ${id} was acknowledged to request ${requestId}, and is not told of`);
}

const nameOf = ({ type, id }: ChangeEvent): string => `${type} ${id}`;
