import type { AtRest } from './at-rest.ts';
import { estimate, type Line, totalOf } from './estimate.ts';
import { IDLE, trafficOf } from './traffic.ts';

/** A month of one stack: what it costs when nobody uses it, and with so many users. */
export type StackCost = { readonly stack: string; readonly idle: readonly Line[]; readonly busy: readonly Line[] };

/** Dollars a month for so many tenants, with what the account needs once. */
export type FleetCost = { readonly tenants: number; readonly idle: number; readonly busy: number };

export const costOf = (stack: string, atRest: AtRest, users: number): StackCost => ({
  stack,
  idle: estimate(atRest, IDLE),
  busy: estimate(atRest, trafficOf(users)),
});

/** Tenants such as these, by the mean of them. */
export const fleetCost = (account: StackCost | undefined, tenants: readonly StackCost[], count: number): FleetCost => ({
  tenants: count,
  idle: totalOf(account?.idle ?? []) + count * mean(tenants.map(({ idle }) => totalOf(idle))),
  busy: totalOf(account?.idle ?? []) + count * mean(tenants.map(({ busy }) => totalOf(busy))),
});

const mean = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0) / Math.max(1, numbers.length);
