import { optionalNumber, optionalText } from '../item.ts';
import { ALIVE, partitionOf, SLICES } from '../keys.ts';
import type { MembershipTypes } from '../membership-types.ts';
import { NESTED_KIND } from '../nesting.ts';
import { markIn } from '../staged/marks.ts';
import { SCHEMA_VERSION } from '../table.ts';
import { type Fact, placeOf } from './facts.ts';

const MOST_BYTES = 400 * 1024;

/** All items of a table, and what is looked for in them. */
type Judged = {
  readonly facts: readonly Fact[];
  readonly types: MembershipTypes;
  readonly places: ReadonlySet<string>;
  readonly resources: ReadonlySet<string>;
  /** Readers leave out what it names, by the outbox or because a large change has marked it. */
  readonly isExplained: (fact: Fact, ...ids: readonly string[]) => boolean;
};

type Options = {
  /** Nothing is left to be done, so that nothing explains a row that leads nowhere. */
  readonly isAtRest: boolean;
};

/** Says where items of a table contradict each other; nothing when they don't. No stored value is repeated but ids. */
export function contradictionsIn(facts: readonly Fact[], types: MembershipTypes, { isAtRest }: Options): readonly string[] {
  const judged: Judged = {
    facts,
    types,
    places: new Set(facts.map(placeOf)),
    resources: new Set(facts.filter(({ resource }) => resource).map(({ sk }) => sk)),
    isExplained: isAtRest ? () => false : explainer(facts, types),
  };
  return [
    ...facts.flatMap((fact) => problemsOf(fact, judged)),
    ...types.all.flatMap((type) => miscounts(judged, type)),
    ...wrongSeats(judged),
    ...outdatedNames(judged),
    ...keptForNobody(judged),
  ];
}

function explainer(facts: readonly Fact[], types: MembershipTypes): Judged['isExplained'] {
  const outboxes = new Set(types.all.map(partitionOf.outbox));
  const removed = new Set(facts.filter(({ pk, row }) => outboxes.has(pk) && row['kind'] === 'removed').map(({ sk }) => sk));
  const changes = new Set(facts.filter(({ pk }) => pk === partitionOf.changes()).map(({ sk }) => sk));
  return ({ row }, ...ids) => ids.some((id) => removed.has(id)) || changes.has(markIn(row)?.slice(1) ?? '');
}

/** A place without the value that is part of some keys. */
const shown = ({ pk, sk }: Fact): string => `${/^(?:Unique|Lookup|Kept)#[^#]+#[^#]+/.exec(pk)?.[0] ?? pk} → ${sk}`;

function problemsOf(fact: Fact, judged: Judged): readonly string[] {
  const ill = [
    ...(fact.row['schemaVersion'] === SCHEMA_VERSION ? [] : ['no schemaVersion']),
    ...(fact.bytes < MOST_BYTES ? [] : ['too large']),
  ];
  return [...kindProblems(fact, judged), ...ill].map((problem) => `${shown(fact)}: ${problem}`);
}

function kindProblems(fact: Fact, judged: Judged): readonly string[] {
  const { pk, sk, row } = fact;
  const [, groupId] = /^Group#(.+)#Members#\d$/.exec(pk) ?? [];
  if (groupId !== undefined) return membershipProblems(fact, groupId, judged);
  const [, memberId] = /^Member#(.+)#Groups$/.exec(pk) ?? [];
  if (memberId !== undefined) return reverseProblems(fact, memberId, judged);
  const id = optionalText(row, 'id') ?? '';
  if (pk.startsWith('Unique#')) return judged.resources.has(id) ? [] : [`held by ${id}, which is gone`];
  if (pk.startsWith('Lookup#')) return judged.resources.has(sk) ? [] : ['leads to what is gone'];
  return fact.resource ? resourceProblems(fact, fact.resource, judged) : [];
}

function membershipProblems(fact: Fact, groupId: string, { places, resources, types, isExplained }: Judged): readonly string[] {
  const { sk: memberId } = fact;
  if (isExplained(fact, groupId, memberId)) return [];
  const isThere = resources.has(groupId) && resources.has(memberId);
  const nesting = types.groups.filter((type) => places.has(`${partitionOf.resources(type)} ${memberId}`));
  const isAnnounced = nesting.every(
    (type) => places.has(`${partitionOf.outbox(type)} !${NESTED_KIND}`) && places.has(`${partitionOf.nested(groupId)} ${memberId}`),
  );
  return [
    ...(places.has(`${partitionOf.groups(memberId)} ${groupId}`) ? [] : ['no reverse row']),
    ...(isThere ? [] : ['a membership of what is gone']),
    ...(isAnnounced ? [] : ['a nesting nobody announced']),
  ];
}

function reverseProblems(fact: Fact, memberId: string, { places, resources, isExplained }: Judged): readonly string[] {
  const { sk } = fact;
  if (sk === ALIVE) return resources.has(memberId) ? [] : ['alive, but there is no resource'];
  if (isExplained(fact, sk, memberId)) return [];
  return SLICES.some((slice) => places.has(`${partitionOf.members(sk, slice)} ${memberId}`)) ? [] : ['no member row'];
}

function resourceProblems({ sk }: Fact, { foundBy }: NonNullable<Fact['resource']>, { places }: Judged): readonly string[] {
  return [
    ...(places.has(`${partitionOf.groups(sk)} ${ALIVE}`) ? [] : ['no alive row']),
    ...foundBy.flatMap((place) => (places.has(place) ? [] : [`not found by ${place.split('#', 3).join('#')}`])),
  ];
}

const sumOf = (facts: readonly Fact[], name: string): number => facts.reduce((sum, { row }) => sum + (optionalNumber(row, name) ?? 0), 0);

function miscounts({ facts }: Judged, type: string): readonly string[] {
  const counters = facts.filter(({ pk }) => pk === partitionOf.counters(type));
  const [counted, stored] = [sumOf(counters, 'n'), facts.filter(({ resource }) => resource?.type === type).length];
  return counted === stored ? [] : [`${partitionOf.counters(type)} says ${counted}, there are ${stored}`];
}

/** A seat that is marked free is of a disabled user, and counted. */
function wrongSeats({ facts }: Judged): readonly string[] {
  const counters = facts.filter(({ pk }) => pk === partitionOf.counters('User'));
  const counted = sumOf(counters, 'free');
  const marked = facts.filter(({ resource, row }) => resource?.type === 'User' && row['seat'] === 'free');
  return [
    ...(counted === marked.length ? [] : [`Count#User says ${counted} seats are free, ${marked.length} are marked`]),
    ...marked.filter(({ resource }) => resource?.isActive).map(({ sk }) => `${sk}: active, and its seat is free`),
  ];
}

/** A group's name in its members' rows is its own, unless an outbox item without an end says what it is now. */
function outdatedNames({ facts, types, isExplained }: Judged): readonly string[] {
  const groups = new Map(facts.flatMap(({ sk, resource }) => (resource && types.isGroup(resource.type) ? [[sk, resource] as const] : [])));
  const outboxes = types.groups.map(partitionOf.outbox);
  const announced = new Set(facts.filter(({ pk, row }) => outboxes.includes(pk) && row['ttl'] === undefined).map(({ sk }) => sk));
  return facts
    .filter((fact) => {
      const group = groups.get(fact.sk);
      if (!group || !fact.pk.startsWith('Member#') || announced.has(fact.sk) || isExplained(fact)) return false;
      return fact.row['display'] !== group.name;
    })
    .map(({ pk, sk }) => `${pk} → ${sk}: the group has another name`);
}

const keptForNobody = ({ facts, places, types }: Judged): readonly string[] =>
  facts
    .filter(
      ({ pk, row }) => pk.startsWith('Kept#') && !types.all.some((type) => places.has(`${partitionOf.tombstones(type)} ${row['id']}`)),
    )
    .map((fact) => `${shown(fact)}: leads to nobody who is kept`);
