import { readTable } from '../../support/dynamodb-table.ts';
import type { Site } from '../../support/site.ts';

/** Ids, times, and the marks of large changes: what differs between two runs of the same. */
const ACCIDENTAL = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z|\b\d{10,13}\b|(?<![\w-])[\w-]{12}(?![\w-])/g;

/**
 * What the table holds, the same for tables that differ in accidents only: whoever comes later can see nothing else of a
 * process that is no more.
 *
 * Each accident is numbered by its first appearance, so that two that are equal stay equal, and two that differ, different.
 */
export async function fingerprintOf({ client, tableName }: Pick<Site, 'client' | 'tableName'>): Promise<string> {
  const items = await readTable(client, tableName);
  const texts = items.map((item) => JSON.stringify(Object.entries(item).sort(([left], [right]) => (left < right ? -1 : 1))));
  const numbers = new Map<string, number>();
  const numbered = (accident: string): string => {
    const number = numbers.get(accident) ?? numbers.size;
    numbers.set(accident, number);
    return `<${number}>`;
  };
  return texts.sort().join('\n').replace(ACCIDENTAL, numbered);
}
