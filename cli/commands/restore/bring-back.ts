import { memberLines, resourceLines } from '../../../src/directory/restore/plan-lines.ts';
import type { Recovery } from '../../../src/runtime/recovery.ts';
import type { Terminal } from '../../terminal.ts';
import { grouped } from '../transfer/rate.ts';
import { membershipsIn, resourcesIn, type Scope } from './find-differences.ts';
import { type Asker, openStates } from './open-states.ts';
import { joined, NOTHING_SENT, type Sent, sendLines } from './send-lines.ts';

/** A name that stands in the way may be put back itself, and a group that has changed meanwhile is compared anew. */
const MOST_ROUNDS = 5;

const DONE = ['created', 'replaced', 'membersAdded'];
const LEFT = ['refused', 'membersSkipped'];

const sumOf = ({ counts }: Sent, names: readonly string[]): number => names.reduce((sum, name) => sum + (counts[name] ?? 0), 0);

/** What was brought back in all; what was refused and left by the last round. */
export type BroughtBack = Sent & { readonly left: number };

/** Compares and brings back, until nothing is left, or nothing more comes of it. */
export async function bringBack(asker: Asker, recovery: Recovery, scope: Scope, terminal: Terminal): Promise<BroughtBack> {
  let total: BroughtBack = { ...NOTHING_SENT, left: 0 };
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const sent = await bringOnce(asker, recovery, scope, terminal);
    const done = Object.fromEntries(Object.entries(sent.counts).filter(([name]) => DONE.includes(name)));
    total = { counts: joined(total, { counts: done, refused: [] }).counts, refused: sent.refused, left: sumOf(sent, LEFT) };
    if (total.left === 0 || sumOf(sent, DONE) === 0) break;
  }
  return total;
}

/** Resources first, so that memberships find both of their ends. */
async function bringOnce(asker: Asker, recovery: Recovery, scope: Scope, terminal: Terminal): Promise<Sent> {
  const show = (kind: string) => (sent: number) => terminal.progress?.(`${grouped(sent)} ${kind} sent`);
  const states = await openStates(asker, recovery, terminal);
  const { header } = states.present;
  const resources = resourceLines(resourcesIn(states, scope), scope.wanted);
  const first = await sendLines(asker, { header, lines: resources, show: show('resources') }, terminal);
  const memberships = memberLines(membershipsIn(states, scope));
  const second = await sendLines(asker, { header, lines: memberships, show: show('lines of members') }, terminal);
  terminal.progress?.('');
  return joined(first, second);
}
