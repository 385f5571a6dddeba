import type { ChangeEvent } from '../../src/directory/feed/change-event.ts';
import type { Answer, Endpoint } from './endpoint.ts';

type Query = Readonly<Record<string, string>>;

/** Asks for page after page until there is nothing more, and does something between them. */
export async function readPages(
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
