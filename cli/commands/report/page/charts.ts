import type { Summary } from '../../../../src/audit/report/summary.ts';
import { instant, number } from '../describe.ts';
import { html, type Markup } from './markup.ts';

const WIDTH = 960;
const HEIGHT = 160;
const BASE = 130;

/** Changes and failures in the course of time, one on top of the other. */
export function timelineChart({ step, points }: Summary['timeline']): Markup {
  const most = Math.max(1, ...points.map(({ changes, failures }) => changes + failures));
  const width = WIDTH / Math.max(1, points.length);
  const scale = (count: number): number => (count * (BASE - 10)) / most;
  const digits = step === 'hour' ? 16 : 10;
  const bars = points.map(({ from, changes, failures }, index) => {
    const [high, low] = [scale(changes), scale(failures)];
    const bar = (name: string, y: number, height: number): Markup =>
      html`<rect class="${name}" x="${rounded(index * width)}" y="${rounded(y)}" width="${rounded(Math.max(0.5, width - 1))}" height="${rounded(height)}"/>`;
    const title = `${instant(from).slice(0, digits)}: ${number(changes, 'change')}, ${number(failures, 'failure')}`;
    return html`<g><title>${title}</title>${bar('change', BASE - high, high)}${bar('failure', BASE - high - low, low)}</g>`;
  });
  const labels = labelled(points.length).map(
    (index) =>
      html`<text x="${rounded(index * width)}" y="${BASE + 18}">${instant(points[index]?.from ?? '').slice(step === 'hour' ? 5 : 0, digits)}</text>`,
  );
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Changes and failures by ${step}, at most ${most}">${bars}${labels}</svg>`;
}

const LABELS = 8;

/** As many places as there is room for words at. */
const labelled = (count: number): readonly number[] => {
  const every = Math.max(1, Math.ceil(count / LABELS));
  return Array.from({ length: Math.ceil(count / every) }, (_, index) => index * every);
};

export type Bar = { readonly name: string; readonly count: number; readonly failures?: number };

const ROW = 24;
const NAMES = 400;
const COUNTS = 60;

/** A bar for each, with its name and number; of those that count failures, these are shown at its end. */
export function barChart(title: string, bars: readonly Bar[]): Markup {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const scale = (count: number): number => (count * (WIDTH - NAMES - COUNTS)) / most;
  const rows = bars.map(({ name, count, failures = 0 }, index) => {
    const [y, good] = [index * ROW, scale(count - failures)];
    return html`<g><title>${name}: ${count}</title><text x="0" y="${y + 16}">${shortened(name)}</text><rect class="change" x="${NAMES}" y="${y + 4}" width="${rounded(good)}" height="16"/><rect class="failure" x="${rounded(NAMES + good)}" y="${y + 4}" width="${rounded(scale(failures))}" height="16"/><text x="${rounded(NAMES + scale(count) + 6)}" y="${y + 16}">${count}</text></g>`;
  });
  return html`<svg viewBox="0 0 ${WIDTH} ${Math.max(1, bars.length) * ROW}" role="img" aria-label="${title}">${rows}</svg>`;
}

const LONGEST_NAME = 60;

const shortened = (name: string): string => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name);

const rounded = (value: number): string => String(Math.round(value * 100) / 100);
