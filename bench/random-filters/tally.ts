import { type Asked, KINDS, SHAPES } from './ask.ts';
import { MAX_MS, type Verdict } from './judge.ts';

/** What became of all texts of one shape and kind. */
export type Row = {
  readonly title: string;
  readonly count: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly p999Ms: number;
  readonly slowestMs: number;
};

/** A text that took too long, threw what it must not, or was refused though it is valid. */
export type Fault = { readonly reason: string; readonly kind: Asked['kind']; readonly type: string; readonly text: string };

type Counts = { readonly outcomes: Map<string, number>; readonly ms: number[] };

/** Faults told; a mistake in one place makes thousands. */
const MAX_FAULTS = 20;

export class Tally {
  readonly #counts = new Map<string, Counts>(rowTitles().map((title) => [title, { outcomes: new Map(), ms: [] }]));
  readonly #faults: Fault[] = [];
  #faultCount = 0;

  add(asked: Asked, verdict: Verdict): void {
    const counts = this.#counts.get(titleOf(asked));
    counts?.outcomes.set(verdict.outcome, (counts.outcomes.get(verdict.outcome) ?? 0) + 1);
    counts?.ms.push(verdict.ms);
    const reason = faultOf(asked, verdict);
    if (reason === undefined) return;
    this.#faultCount += 1;
    if (this.#faults.length < MAX_FAULTS) this.#faults.push({ reason, kind: asked.kind, type: asked.type.name, text: asked.text });
  }

  get faultCount(): number {
    return this.#faultCount;
  }

  /** The first of them. */
  get faults(): readonly Fault[] {
    return this.#faults;
  }

  rows(): readonly Row[] {
    return [...this.#counts].map(([title, { outcomes, ms }]) => {
      const sorted = Float64Array.from(ms).sort();
      const at = (part: number): number => sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
      return { title, count: ms.length, outcomes: Object.fromEntries(outcomes), p999Ms: at(0.999), slowestMs: at(1) };
    });
  }
}

const titleOf = ({ shape, kind }: Pick<Asked, 'shape' | 'kind'>): string => `${shape} ${kind}s`;

const rowTitles = (): readonly string[] => SHAPES.flatMap((shape) => KINDS.map((kind) => titleOf({ shape, kind })));

const EXPECTED: Readonly<Record<Asked['kind'], readonly string[]>> = {
  filter: ['taken', 'refused: invalidFilter'],
  path: ['taken', 'refused: invalidPath', 'refused: invalidFilter'],
};

function faultOf({ kind, shape }: Asked, { outcome, ms }: Verdict): string | undefined {
  if (!EXPECTED[kind].includes(outcome)) return outcome;
  if (shape === 'valid' && outcome !== 'taken') return `${outcome}, though it is valid`;
  return ms > MAX_MS ? `${ms.toFixed(1)} ms at best` : undefined;
}
