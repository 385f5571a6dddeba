import { type RawItem, sizeOf } from './dynamodb-table.ts';

/**
 * Says where items of a table at rest contradict each other; nothing when they don't.
 *
 * What a removed resource left behind is judged by the keys: no row may name it but its tombstone, the outbox and what is
 * kept for a restore.
 */
export function contradictions(items: readonly RawItem[]): readonly string[] {
  const keys = new Set(items.map(({ pk, sk }) => `${pk?.S} ${sk?.S}`));
  const resources = new Set([...keys].flatMap((key) => /^(?:User|Group)#0 (.+)$/.exec(key)?.[1] ?? []));
  return [
    ...items.flatMap((item) => problemsOf(item, keys, resources)),
    ...miscounts(items),
    ...wrongSeats(items),
    ...outdatedNames(items),
    ...keptForNobody(items, keys),
  ];
}

/** A group's name in its members' rows is its own, unless an outbox item without an end says what it is now. */
function outdatedNames(items: readonly RawItem[]): readonly string[] {
  const groups = new Map(items.filter(({ pk }) => pk?.S === 'Group#0').map((item) => [item['sk']?.S ?? '', item]));
  const announced = new Set(items.filter(({ pk, ttl }) => pk?.S === 'Outbox#Group' && !ttl).map(({ sk }) => sk?.S));
  return items.flatMap(({ pk, sk, display }) => {
    const group = groups.get(sk?.S ?? '');
    if (!group || !pk?.S?.startsWith('Member#') || announced.has(sk?.S)) return [];
    const { displayName } = JSON.parse(group['attributes']?.S ?? '{}');
    return display?.S === displayName ? [] : [`${pk.S} → ${sk?.S}: "${display?.S}" is called "${displayName}"`];
  });
}

function problemsOf(item: RawItem, keys: ReadonlySet<string>, resources: ReadonlySet<string>): readonly string[] {
  const [pk, sk] = [item['pk']?.S ?? '', item['sk']?.S ?? ''];
  const problems: string[] = [];
  const expect = (holds: boolean, problem: string): void => {
    if (!holds) problems.push(`${pk} → ${sk}: ${problem}`);
  };
  const [, groupId, slice] = /^Group#(.+)#Members#(\d)$/.exec(pk) ?? [];
  const [, memberId] = /^Member#(.+)#Groups$/.exec(pk) ?? [];
  if (groupId !== undefined) {
    expect(keys.has(`Member#${sk}#Groups ${groupId}`), `no reverse row for slice ${slice}`);
    expect(resources.has(groupId) && resources.has(sk), 'a membership of what is gone');
    const isGroup = keys.has(`Group#0 ${sk}`);
    expect(!isGroup || (keys.has('Outbox#Group !nested') && keys.has(`Group#${groupId}#Nested ${sk}`)), 'a nesting nobody announced');
  } else if (memberId !== undefined && sk === '!') expect(resources.has(memberId), 'alive, but there is no resource');
  else if (memberId !== undefined) {
    expect(
      [0, 1, 2, 3].some((each) => keys.has(`Group#${sk}#Members#${each} ${memberId}`)),
      'no member row',
    );
  } else if (pk.startsWith('Unique#')) expect(resources.has(item['id']?.S ?? ''), 'held by what is gone');
  else if (pk.startsWith('Lookup#')) expect(resources.has(sk), 'leads to what is gone');
  else if (/^(User|Group)#0$/.test(pk)) expect(keys.has(`Member#${sk}#Groups !`), 'no alive row');
  expect(item['schemaVersion']?.N === '1', 'no schemaVersion');
  expect(sizeOf(item) < 400 * 1024, 'too large');
  return problems;
}

function miscounts(items: readonly RawItem[]): readonly string[] {
  return ['User', 'Group'].flatMap((type) => {
    const counted = items.filter(({ pk }) => pk?.S === `Count#${type}`).reduce((sum, { n }) => sum + Number(n?.N), 0);
    const stored = items.filter(({ pk }) => pk?.S === `${type}#0`).length;
    return counted === stored ? [] : [`Count#${type} says ${counted}, there are ${stored}`];
  });
}

/** A seat that is marked free is of a disabled user, and counted. */
function wrongSeats(items: readonly RawItem[]): readonly string[] {
  const counted = items.filter(({ pk }) => pk?.S === 'Count#User').reduce((sum, { free }) => sum + Number(free?.N ?? 0), 0);
  const marked = items.filter(({ pk, seat }) => pk?.S === 'User#0' && seat?.S === 'free');
  const active = marked.filter(({ attributes }) => JSON.parse(attributes?.S ?? '{}').active !== false);
  return [
    ...(counted === marked.length ? [] : [`Count#User says ${counted} seats are free, ${marked.length} are marked`]),
    ...active.map(({ sk }) => `${sk?.S}: active, and its seat is free`),
  ];
}

const keptForNobody = (items: readonly RawItem[], keys: ReadonlySet<string>): readonly string[] =>
  items
    .filter(({ pk, id }) => pk?.S?.startsWith('Kept#') && !keys.has(`Removed#User ${id?.S}`))
    .map(({ pk, sk }) => `${pk?.S} → ${sk?.S}: leads to nobody who is kept`);
