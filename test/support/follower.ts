import { type ChangeEvent, isLater } from '../../src/directory/feed/change-event.ts';
import type { Answer, Endpoint } from './endpoint.ts';

/** Its members are told behind it. */
const VOIDING: ReadonlySet<string> = new Set(['group.created', 'group.restored', 'group.snapshot', 'group.removed']);

type Known = Pick<ChangeEvent, 'version' | 'part'> & { isLive: boolean; readonly members: Set<string> };

/** Goes by the events as whoever follows the directory has to, and by nothing else. */
export class Follower {
  readonly #known = new Map<string, Known>();

  take(event: ChangeEvent, phase: 'snapshot' | 'changes' = 'changes'): void {
    const { resourceId, type, members = [], version, part } = event;
    const before = this.#known.get(resourceId);
    if (phase === 'changes' && before !== undefined && !isLater(event, before)) return;
    const known = { isLive: false, members: before?.members ?? new Set<string>(), ...before, version, part };
    this.#known.set(resourceId, known);
    if (type === 'members.added') for (const member of members) known.members.add(member);
    else if (type === 'members.removed') for (const member of members) known.members.delete(member);
    else known.isLive = !type.endsWith('.removed');
    if (VOIDING.has(type)) known.members.clear();
  }

  /** What is there, with the members of each that are there too. */
  directory(): ReadonlyMap<string, readonly string[]> {
    const live = [...this.#known].filter(([, { isLive }]) => isLive);
    const isLive = (id: string): boolean => this.#known.get(id)?.isLive === true;
    return new Map(live.map(([id, { members }]) => [id, [...members].filter(isLive).sort()]));
  }
}

type Query = Readonly<Record<string, string>>;

/** Asks for page after page until there is nothing more, and does something between them. */
export async function follow(
  { send }: Pick<Endpoint, 'send'>,
  query: Query,
  between: (page: Answer) => Promise<void> = async () => undefined,
): Promise<readonly Answer[]> {
  const pages: Answer[] = [];
  for (let next = query; ; next = { ...sizeOf(query), cursor: pages.at(-1)?.json.nextCursor }) {
    const page = await send('GET', '/events', { query: next });
    if (page.status !== 200) throw new Error(`a page was refused: ${page.text}`);
    pages.push(page);
    if (page.json.isUpToDate === true) return pages;
    if (pages.length > 500) throw new Error('the cursors lead nowhere');
    await between(page);
  }
}

const sizeOf = ({ count }: Query): Query => (count === undefined ? {} : { count });

export const eventsOf = (pages: readonly Answer[]): readonly ChangeEvent[] => pages.flatMap(({ json }) => json.events);
