import type { KeptMembership } from '../../directory/operator/ports.ts';
import type { StoreCall } from '../../directory/ports.ts';
import { optionalText, text } from '../item.ts';
import { partitionOf, SLICES } from '../keys.ts';
import type { TableClient } from '../table-client.ts';

/** Of a removed resource, those that were swept. */
export async function keptMemberships(table: TableClient, id: string, call: StoreCall): Promise<readonly KeptMembership[]> {
  const slices = await Promise.all(SLICES.map((slice) => table.all({ pk: partitionOf.removedRelations(id, slice) }, call)));
  return slices.flat().map((row) => {
    const [role, other = ''] = text(row, 'sk').split('#');
    const display = optionalText(row, 'display');
    return { role: role === 'Group' ? 'Group' : 'Member', other, ...(display !== undefined && { display }) };
  });
}
