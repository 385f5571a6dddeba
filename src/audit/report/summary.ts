import * as z from 'zod/mini';
import type { Timespan } from '../log-source.ts';
import type { Unreadable } from './read-entries.ts';
import { type Entry, isChange, isFailure, type Row } from './row.ts';

const count = z.int();
const counts = z.readonly(z.record(z.string(), count));

/** What happened, in numbers; docs/reference/report.md says what each holds. */
export const summarySchema = z.readonly(
  z.strictObject({
    rows: count,
    changes: count,
    failures: count,
    ignored: count,
    people: count,
    reads: count,
    unchanged: count,
    tokens: count,
    unreadable: count,
    byAction: counts,
    byOutcome: counts,
    byApplication: z.readonly(
      z.array(z.readonly(z.strictObject({ application: z.nullable(z.string()), changes: count, failures: count, rows: count }))),
    ),
    byReason: z.readonly(
      z.array(z.readonly(z.strictObject({ refusal: z.nullable(z.string()), reason: z.nullable(z.string()), rows: count }))),
    ),
    timeline: z.readonly(
      z.strictObject({
        step: z.enum(['hour', 'day']),
        points: z.readonly(z.array(z.readonly(z.strictObject({ from: z.iso.datetime(), changes: count, failures: count })))),
      }),
    ),
  }),
);
export type Summary = z.output<typeof summarySchema>;

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** Longer timespans are drawn day by day. */
const MOST_HOURS_MS = 3 * DAY_MS;

type Group = { rows: number; changes: number; failures: number };

const emptyGroup = (): Group => ({ rows: 0, changes: 0, failures: 0 });

/** Adds up what a report tells of, entry by entry, in place. It grows with the people and the steps of time, not with the rows. */
export class Tally {
  readonly #timespan: Timespan;
  readonly #stepMs: number;
  readonly #counted = { row: 0, read: 0, unchanged: 0, token: 0, unreadable: 0 };
  readonly #people = new Set<string>();
  readonly #actions = new Map<string, number>();
  readonly #outcomes = new Map<string, number>();
  readonly #applications = new Map<string | null, Group>();
  readonly #reasons = new Map<string, Pick<Row, 'refusal' | 'reason'> & { rows: number }>();
  readonly #steps = new Map<number, Group>();

  constructor(timespan: Timespan) {
    this.#timespan = timespan;
    this.#stepMs = timespan.to.getTime() - timespan.from.getTime() > MOST_HOURS_MS ? DAY_MS : HOUR_MS;
  }

  add(entry: Entry | Unreadable): void {
    this.#counted[entry.countsAs] += 1;
    if (entry.countsAs === 'row') this.#addRow(entry.row);
  }

  get summary(): Summary {
    const { row: rows, read: reads, token: tokens, unchanged, unreadable } = this.#counted;
    const sum = (which: keyof Group): number => [...this.#applications.values()].reduce((total, group) => total + group[which], 0);
    return {
      ...{ rows, changes: sum('changes'), failures: sum('failures'), ignored: this.#outcomes.get('ignored') ?? 0 },
      ...{ people: this.#people.size, reads, unchanged, tokens, unreadable },
      byAction: Object.fromEntries(this.#actions),
      byOutcome: Object.fromEntries(this.#outcomes),
      byApplication: mostFirst([...this.#applications].map(([application, group]) => ({ application, ...group }))),
      byReason: mostFirst([...this.#reasons.values()]),
      timeline: { step: this.#stepMs === DAY_MS ? 'day' : 'hour', points: this.#points() },
    };
  }

  #addRow(row: Row): void {
    if (isChange(row) && row.resourceType === 'User' && row.resourceId !== null) this.#people.add(row.resourceId);
    increase(this.#actions, row.action);
    increase(this.#outcomes, row.outcome);
    addTo(this.#applications, row.application, row);
    addTo(this.#steps, Math.floor(Date.parse(row.time) / this.#stepMs), row);
    if (isFailure(row)) this.#addReason(row);
  }

  /** The words of an import, or of the brake, have numbers in them: they are what they are, one by one. */
  #addReason({ refusal, reason }: Row): void {
    const key = refusal ?? reason ?? '';
    const known = this.#reasons.get(key) ?? { refusal, reason, rows: 0 };
    this.#reasons.set(key, { ...known, rows: known.rows + 1 });
  }

  /** Every step of the timespan, those without anything included. */
  #points(): Summary['timeline']['points'] {
    const [from, to] = [this.#timespan.from, this.#timespan.to].map((at) => at.getTime() / this.#stepMs);
    const [first, last] = [Math.floor(from ?? 0), Math.ceil(to ?? 0)];
    return Array.from({ length: Math.max(0, last - first) }, (_, index) => {
      const { changes, failures } = this.#steps.get(first + index) ?? emptyGroup();
      return { from: new Date((first + index) * this.#stepMs).toISOString(), changes, failures };
    });
  }
}

const increase = (counted: Map<string, number>, key: string): unknown => counted.set(key, (counted.get(key) ?? 0) + 1);

function addTo<Key>(groups: Map<Key, Group>, key: Key, row: Row): void {
  const group = groups.get(key) ?? emptyGroup();
  group.rows += 1;
  group.changes += isChange(row) ? 1 : 0;
  group.failures += isFailure(row) ? 1 : 0;
  groups.set(key, group);
}

const mostFirst = <Counted extends { readonly rows: number }>(counted: readonly Counted[]): readonly Counted[] =>
  counted.toSorted((one, other) => other.rows - one.rows);
