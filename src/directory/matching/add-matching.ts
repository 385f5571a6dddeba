import { AdminRefusal } from '../../access/admin-refusal.ts';
import type { RequestOf } from '../../access/admin-request.ts';
import { type Administered, eventOf } from '../../access/administration.ts';
import { matchingAttributes } from '../../scim/matching/matching-attributes.ts';
import type { Customization, MatchingUse } from '../../scim/schema/custom/customization.ts';
import { MAX_MATCHING } from '../../scim/schema/custom/limits.ts';
import type { StoreCall } from '../ports.ts';
import { findUse, type MatchingAdministration, type Meant, meantBy, nameOf, withUse } from './administer.ts';
import type { ChangedMatching } from './answers.ts';
import { changeMatching, type Decided } from './change-matching.ts';

/**
 * Lets resources be matched by an attribute: writers keep keys of its values from now on, a backfill writes those of the
 * resources there are, and filters use them when it is done.
 *
 * @throws {AdminRefusal} no resource could be matched by it, or there would be too many
 */
export async function addMatching(
  administration: MatchingAdministration,
  request: RequestOf<'matching.add'>,
  call: StoreCall,
): Promise<Administered<ChangedMatching>> {
  let meant: Meant | undefined;
  const decide = async (current: Customization): Promise<Decided | undefined> => {
    meant = meantBy(administration, current, request);
    const known = findUse(current, meant);
    if (known === undefined) refuseNeedless(current, meant);
    if (known?.state === 'ready' || (known?.state === 'filling' && (await isUnderWay(administration, known, call)))) return undefined;
    const use: MatchingUse = { type: meant.type.name, path: meant.path.name, state: 'filling', revision: administration.newRevision() };
    return { customization: withUse(current, use), begins: use };
  };
  const isChanged = await changeMatching(administration, decide, call);
  return administered(administration, request, meant, isChanged ? 'added' : 'unchanged');
}

/** One that has found resources that stand in its way is begun anew. */
async function isUnderWay({ backfills }: MatchingAdministration, use: MatchingUse, call: StoreCall): Promise<boolean> {
  const all = await backfills.list(call);
  return all.some(({ name, revision, finishedAt }) => name === nameOf(use) && revision === use.revision && finishedAt === undefined);
}

function refuseNeedless({ matching }: Customization, { type, path }: Meant): void {
  const isOnItsWay = (name: string): boolean =>
    matching.some((use) => use.type === type.name && use.path === name && (use.state === 'leaving' || use.state === 'removing'));
  const covering = matchingAttributes(type).find(
    ({ compared, selection, name }) => selection === undefined && compared.name === path.compared.name && !isOnItsWay(name),
  );
  if (covering)
    throw new AdminRefusal(`${type.name} is matched by ${covering.name} already, and filters on ${path.name} are answered by it.`);
  if (matching.filter((use) => use.type === type.name).length < MAX_MATCHING) return;
  throw new AdminRefusal(
    `${type.name} is matched by ${MAX_MATCHING} attributes beside those that are built in, and each costs every write: remove one first.`,
  );
}

/** Names the attribute as it is listed, whatever the spelling that was asked for. */
export function administered(
  { now }: Pick<MatchingAdministration, 'now'>,
  request: RequestOf<'matching.add' | 'matching.remove'>,
  meant: Meant | undefined,
  outcome: ChangedMatching['outcome'],
): Administered<ChangedMatching> {
  if (meant === undefined) throw new TypeError('a change came back without having been decided');
  const [type, attribute] = [meant.type.name, meant.path.name];
  return { result: { type, attribute, outcome }, event: eventOf(request, new Date(now()), { resourceType: type, attribute }) };
}
