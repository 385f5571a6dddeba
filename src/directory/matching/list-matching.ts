import type { RequestOf } from '../../access/admin-request.ts';
import { type Administered, eventOf } from '../../access/administration.ts';
import { buildRegistry } from '../../scim/schema/custom/build-registry.ts';
import type { MatchingUse } from '../../scim/schema/custom/customization.ts';
import type { Backfill } from '../backfill/ports.ts';
import type { StoreCall } from '../ports.ts';
import { typeNamed } from '../removed/find-removed.ts';
import { readCurrent } from '../schemas/administer.ts';
import { type MatchingAdministration, nameOf } from './administer.ts';
import type { ListedMatching, ListedMatchings } from './answers.ts';

/**
 * Lists what resources are matched by beside what is unique and `externalId`, and how far each has come.
 *
 * @throws {AdminRefusal} there is no such resource type
 */
export async function listMatching(
  administration: MatchingAdministration,
  request: RequestOf<'matching.list'>,
  call: StoreCall,
): Promise<Administered<ListedMatchings>> {
  const { builtIn, backfills, now } = administration;
  const [{ customization }, all] = await Promise.all([readCurrent(administration, call), backfills.list(call)]);
  const wanted = request.type === undefined ? undefined : typeNamed(buildRegistry(builtIn, customization), request.type).name;
  const attributes: readonly ListedMatching[] = [
    ...builtIn.flatMap(({ name: type, matching = [] }) =>
      matching.map(({ path }) => ({ type, attribute: path, state: 'built in' as const })),
    ),
    ...customization.matching.map((use) => listed(use, all)),
  ];
  return {
    result: { attributes: attributes.filter(({ type }) => wanted === undefined || type === wanted) },
    event: eventOf(request, new Date(now())),
  };
}

function listed(use: MatchingUse, all: readonly Backfill[]): ListedMatching {
  const backfill = all.find(({ name, revision }) => name === nameOf(use) && revision === use.revision);
  const { total, seen = 0, stuck = 0, stuckIds = [] } = backfill ?? {};
  return {
    type: use.type,
    attribute: use.path,
    state: stateOf(use, backfill),
    ...(total !== undefined && use.state !== 'ready' && { seen, total }),
    ...(stuck > 0 && { stuck, stuckIds }),
  };
}

function stateOf({ state }: MatchingUse, backfill: Backfill | undefined): ListedMatching['state'] {
  if (state === 'ready') return 'ready';
  if (state !== 'filling') return 'being removed';
  if (backfill?.finishedAt !== undefined) return 'incomplete';
  return backfill?.total === undefined ? 'waiting' : 'filling';
}
