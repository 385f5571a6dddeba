import type { CapacitySite, Cost } from './site.ts';
import { costOf } from './site.ts';

/** What the pages of one walk through a list cost; the first has no page before it, and the last none behind. */
export type Walk = { readonly operation: string; readonly size: number; readonly pages: readonly Cost[] };

/** Five pages at least, and no longer than clients ask for. */
const pageSizeOf = (size: number): number => Math.max(2, Math.min(100, Math.floor(size / 5)));

export async function walkByIndex(site: CapacitySite): Promise<Walk> {
  const count = pageSizeOf(site.size);
  const pages: Cost[] = [];
  for (let startIndex = 1; startIndex <= site.size; startIndex += count) {
    const query = { startIndex: String(startIndex), count: String(count), excludedAttributes: 'groups' };
    pages.push(await costOf(site, () => site.endpoint.send('GET', '/Users', { query })));
  }
  return { operation: 'page by index', size: site.size, pages };
}

export async function walkByCursor(site: CapacitySite): Promise<Walk> {
  const count = String(pageSizeOf(site.size));
  const pages: Cost[] = [];
  let cursor: string | undefined = '';
  while (cursor !== undefined) {
    const query = { cursor, count, excludedAttributes: 'groups' };
    pages.push(
      await costOf(site, async () => {
        const answer = await site.endpoint.send('GET', '/Users', { query });
        cursor = answer.json.nextCursor;
        return answer;
      }),
    );
  }
  return { operation: 'page by cursor', size: site.size, pages };
}
