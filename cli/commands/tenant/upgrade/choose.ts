import { AdminRefusal } from '../../../../src/access/admin-refusal.ts';
import { UsageError } from '../../../command.ts';

type Wanted = {
  readonly tenants: readonly string[];
  readonly all?: true | undefined;
  readonly canary?: string | undefined;
  readonly thenAll?: true | undefined;
  readonly from?: string | undefined;
};

/**
 * The tenants to upgrade, in order: as they are named, or all in the order of their names, a canary before all others.
 *
 * @throws {UsageError} unless the command line says in exactly one way which are meant
 */
export function chooseTenants(wanted: Wanted, known: readonly string[]): readonly string[] {
  const { tenants, all, canary, thenAll, from } = wanted;
  const ways = [tenants.length > 0, all === true, canary !== undefined].filter(Boolean);
  if (ways.length !== 1) throw new UsageError('Say which tenants: by their names, with --all, or with --canary NAME.');
  if (thenAll && canary === undefined) throw new UsageError('--then-all goes on after a canary: name it with --canary NAME.');
  const first = canary === undefined ? [...new Set(tenants)] : [canary];
  const unknown = first.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new AdminRefusal(`There is no file of a tenant "${unknown}"; "scim tenant list" shows those there are.`);
  const others = all || thenAll ? known.filter((name) => !first.includes(name)) : [];
  return startingAt(from, [...first, ...others]);
}

function startingAt(from: string | undefined, order: readonly string[]): readonly string[] {
  if (from === undefined) return order;
  if (!order.includes(from)) throw new UsageError(`--from takes one of those that are meant: ${order.join(', ')}.`);
  return order.slice(order.indexOf(from));
}
