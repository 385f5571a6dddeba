import type { StoredResource } from '../resource.ts';
import { MEMBERS_IN_LINE, printMembers, type ResourceLine } from '../transfer/lines.ts';
import type { MembershipDifference, ResourceDifference } from './compare.ts';

/** What is brought back: all that is not as it was, or only what is not there. */
export type Wanted = 'all' | 'missing';

/** The lines of an import that put resources back, each on condition that what it takes the place of is still what was compared. */
export async function* resourceLines(differences: AsyncIterable<ResourceDifference>, wanted: Wanted): AsyncGenerator<string> {
  for await (const difference of differences) {
    if (difference.kind === 'missing') yield replacing(difference.line, 0);
    else if (difference.kind === 'changed' && wanted === 'all') yield replacing(difference.line, difference.version);
  }
}

const replacing = (line: ResourceLine, replaces: number): string => JSON.stringify({ ...line, replaces });

/** The lines that put memberships back, each on condition that the group is still as it was compared; no line takes one out. */
export async function* memberLines(differences: AsyncIterable<MembershipDifference>): AsyncGenerator<string> {
  let pending: MembershipDifference[] = [];
  let after: string | undefined;
  for await (const difference of differences) {
    if (difference.kind === 'new' || difference.lastModified === undefined) continue;
    const isOther = pending[0] !== undefined && pending[0].group !== difference.group;
    if (isOther || pending.length === MEMBERS_IN_LINE) {
      yield* lineOf(pending, after);
      after = isOther ? undefined : pending.at(-1)?.member.value;
      pending = [];
    }
    pending.push(difference);
  }
  yield* lineOf(pending, after);
}

function* lineOf(pending: readonly MembershipDifference[], after: string | undefined): Generator<string> {
  const [first] = pending;
  if (first?.lastModified === undefined) return;
  const group: Pick<StoredResource, 'type' | 'id' | 'lastModified'> = {
    type: first.type,
    id: first.group,
    lastModified: first.lastModified,
  };
  yield printMembers(
    group,
    after,
    pending.map(({ member }) => member),
    false,
  );
}
