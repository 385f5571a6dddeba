import * as z from 'zod/mini';
import type { RequestOf } from './admin-request.ts';
import { type Administered, type Administration, eventOf } from './administration.ts';
import type { Application } from './application.ts';
import { applicationIn } from './applications/find-application.ts';
import { changeIpRanges, type IpChange } from './change-ip-ranges.ts';
import type { StoreCall } from './ports.ts';

const ipRanges = z.readonly(z.array(z.string()));

export const listedIpRangesSchema = z.readonly(z.object({ application: z.string(), ipRanges }));
type ListedIpRanges = z.output<typeof listedIpRangesSchema>;

/** `before`: how many there were. */
export const changedIpRangesSchema = z.readonly(
  z.object({ application: z.string(), ipRanges, before: z.number(), added: z.number(), removed: z.number(), dryRun: z.boolean() }),
);
export type ChangedIpRanges = z.output<typeof changedIpRangesSchema>;

/** @throws {AdminRefusal} when there is no such application */
export async function listIpRanges(
  { applications, now }: Administration,
  request: RequestOf<'app.ip.list'>,
  call: StoreCall,
): Promise<Administered<ListedIpRanges>> {
  const at = new Date(now());
  const { key, policy } = applicationIn(await applications.list(call), request.application, at);
  return { result: { application: key, ipRanges: policy.ipRanges }, event: eventOf(request, at, { application: key }) };
}

/**
 * Changes where an application's requests may come from; every function follows within 30 s.
 *
 * @throws {AdminRefusal} when there is no such application, or what `changeIpRanges` has against the change
 */
export async function changeApplicationIpRanges(
  { applications, now }: Administration,
  request: RequestOf<'app.ip.add' | 'app.ip.remove' | 'app.ip.replace'>,
  call: StoreCall,
): Promise<Administered<ChangedIpRanges>> {
  const at = new Date(now());
  const { application: key, ranges, dryRun } = request;
  const decide = (all: readonly Application[]): Decided => {
    const before = applicationIn(all, key, at);
    const next = changeIpRanges(before.policy.ipRanges, CHANGES[request.act], ranges);
    return { before, after: { ...before, policy: { ...before.policy, ipRanges: next } } };
  };
  let decided: Decided | undefined;
  if (dryRun) decided = decide(await applications.list(call));
  else {
    await applications.change((all) => {
      decided = decide(all);
      return { put: [decided.after] };
    }, call);
  }
  if (decided === undefined) throw new TypeError('a change of the applications came back without having been decided');
  const [before, after] = [decided.before.policy.ipRanges, decided.after.policy.ipRanges];
  const counts = { added: countOf(after, before), removed: countOf(before, after) };
  const event = eventOf(request, at, { application: key, counts, ...(dryRun && { dryRun }) });
  return { result: { application: key, ipRanges: after, before: before.length, ...counts, dryRun }, event };
}

type Decided = { readonly before: Application; readonly after: Application };

const CHANGES = { 'app.ip.add': 'add', 'app.ip.remove': 'remove', 'app.ip.replace': 'replace' } as const satisfies Record<string, IpChange>;

/** How many of these are not among the others. */
function countOf(these: readonly string[], others: readonly string[]): number {
  const known = new Set(others);
  return these.filter((text) => !known.has(text)).length;
}
