import { columns } from '../../table.ts';
import { type Line, totalOf } from './estimate.ts';
import type { FleetCost, StackCost } from './fleet-cost.ts';
import { unitOf } from './prices.ts';

const dollars = (amount: number): string => amount.toFixed(2);
const counted = (quantity: number): string => Number(quantity.toPrecision(3)).toLocaleString('en-US', { maximumFractionDigits: 3 });

/** Every stack, and then the fleets. */
export const describeCosts = (stacks: readonly StackCost[], fleets: readonly FleetCost[], users: number): readonly string[] => [
  ...stacks.flatMap((stack) => [...describeStack(stack, users), '']),
  ...describeFleet(fleets, users),
];

/** A line for each item of either bill, with the quantity of the busy one, and the sums. */
function describeStack({ stack, idle, busy }: StackCost, users: number): readonly string[] {
  const others = idle.filter(({ item }) => !busy.some((one) => one.item === item));
  const amountIn = (lines: readonly Line[], item: string): string => dollars(lines.find((one) => one.item === item)?.dollars ?? 0);
  return columns([
    [stack.toUpperCase(), 'IDLE', withUsers(users), 'QUANTITY'],
    ...[...busy, ...others].map(({ item, price, quantity }) => [
      item,
      amountIn(idle, item),
      amountIn(busy, item),
      `${counted(quantity)} × ${unitOf(price)}`,
    ]),
    ['sum', dollars(totalOf(idle)), dollars(totalOf(busy)), ''],
  ]);
}

const describeFleet = (costs: readonly FleetCost[], users: number): readonly string[] =>
  columns([
    ['TENANTS', 'IDLE', withUsers(users)],
    ...costs.map(({ tenants, idle, busy }) => [String(tenants), dollars(idle), dollars(busy)]),
  ]);

const withUsers = (users: number): string => `${users.toLocaleString('en-US')} USERS`;
