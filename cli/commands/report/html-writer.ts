import { createHash } from 'node:crypto';
import type { Row } from '../../../src/audit/report/row.ts';
import { isFailure } from '../../../src/audit/report/row.ts';
import type { Summary } from '../../../src/audit/report/summary.ts';
import { grouped } from '../transfer/rate.ts';
import { describeEnd, describeHead, instant } from './describe.ts';
import { SCRIPT, STYLE } from './page/behaviour.ts';
import { barChart, timelineChart } from './page/charts.ts';
import { html, type Markup } from './page/markup.ts';
import type { End, Head, ReportWriter } from './writer.ts';

/** More are too many for a page to be sorted and searched; the numbers and charts count all of them. */
const MOST_ROWS = 20_000;
const MOST_REASONS = 12;

/** One page that loads nothing: style, script and charts stand in it. The charts come first, so the rows are kept until the end. */
export function htmlWriter(): ReportWriter {
  let head: Head | undefined;
  const rows: string[] = [];
  return {
    begin: (begun) => {
      head = begun;
      return '';
    },
    row: (row) => {
      if (rows.length < MOST_ROWS) rows.push(rowMarkup(row).markup);
      return '';
    },
    end: (end) => {
      if (head === undefined) throw new TypeError('a report begins before it ends');
      return pageOf(head, end, { markup: rows.join('') }, rows.length).markup;
    },
  };
}

const sourceOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing but this style and this script counts, should a value ever get past the escaping. */
const POLICY = `default-src 'none'; style-src ${sourceOf(STYLE)}; script-src ${sourceOf(SCRIPT)}; base-uri 'none'; form-action 'none'`;

const pageOf = (head: Head, end: End, rows: Markup, shown: number): Markup => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<title>Provisioning report of ${head.title}</title>
<style>${{ markup: STYLE }}</style>
</head>
<body>
<h1>Provisioning report of ${head.title}</h1>
${[...describeHead(head), ...describeEnd(end)].map((sentence) => html`<p>${sentence}</p>\n`)}
${tilesOf(end.summary)}
<h2>In the course of time</h2>
<p><span class="key change">changes</span> and <span class="key failure">failures</span> by ${end.summary.timeline.step}, UTC</p>
${timelineChart(end.summary.timeline)}
${chartsOf(end.summary)}
<h2>Rows</h2>
${shown < end.summary.rows ? html`<p>The first ${grouped(shown)} of ${grouped(end.summary.rows)}: --format csv has all of them.</p>` : ''}
<p><input type="search" placeholder="Search" aria-label="Search the rows"><output></output></p>
<div class="scroll"><table class="rows">
<thead><tr>${HEADINGS.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>
${rows}</tbody>
</table></div>
<script>${{ markup: SCRIPT }}</script>
</body>
</html>
`;

const tilesOf = ({ rows, changes, failures, ignored, people }: Summary): Markup =>
  html`<dl>${Object.entries({
    Rows: rows,
    Changes: changes,
    Failures: failures,
    'Ignored by policy': ignored,
    'Users changed': people,
  }).map(([name, count]) => html`<div><dt>${name}</dt><dd>${grouped(count)}</dd></div>`)}</dl>`;

function chartsOf({ byAction, byApplication, byReason }: Summary): readonly Markup[] {
  const actions = Object.entries(byAction).map(([name, count]) => ({ name, count }));
  const applications = byApplication.map(({ application, rows, failures }) => ({ name: application ?? '(none)', count: rows, failures }));
  const reasons = byReason
    .slice(0, MOST_REASONS)
    .map(({ reason, refusal, rows }) => ({ name: reason ?? refusal ?? '-', count: rows, failures: rows }));
  return [
    html`<h2>By action</h2>${barChart(
      'Rows by action',
      actions.toSorted((one, other) => other.count - one.count),
    )}`,
    html`<h2>By application</h2>${barChart('Rows by application', applications)}`,
    ...(reasons.length === 0 ? [] : [html`<h2>Why it failed</h2>${barChart('Failures by reason', reasons)}`]),
  ];
}

const HEADINGS = ['Time (UTC)', 'Application', 'Who', 'Type', 'Action', 'Changed', 'Outcome', 'Reason', 'Status', 'Request'];

const rowMarkup = (row: Row): Markup => html`<tr${isFailure(row) ? { markup: ' class="failed"' } : ''}>
<td class="time">${instant(row.time)}</td><td>${row.application ?? (row.by === null ? '' : `by ${row.by}`)}</td><td>${whoOf(row)}</td><td>${row.resourceType ?? ''}</td><td>${row.action}</td><td>${row.changed.join(', ')}</td><td class="outcome">${row.outcome}</td><td>${row.reason ?? ''}</td><td>${row.status ?? ''}</td><td class="request">${row.requestId ?? ''}</td>
</tr>
`;

function whoOf({ subject, previousSubject, resourceId }: Row): string {
  const name = subject ?? resourceId ?? '';
  return previousSubject === null ? name : `${name} (before: ${previousSubject})`;
}
