import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { renderReportSchema } from '../../scripts/docs/report-schema.ts';
import { openRepository } from '../../scripts/docs/repository.ts';
import { ACTIONS, OUTCOMES, rowSchema } from '../../src/audit/report/row.ts';
import { summarySchema } from '../../src/audit/report/summary.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const page = openRepository(ROOT).page('docs/reference/report.md');

const codesIn = (heading: string): readonly string[] => {
  const begin = page.lines.findIndex(({ text }) => text === `## ${heading}`);
  const rows = page.lines.slice(begin + 1).map(({ text }) => text);
  const end = rows.findIndex((text) => text.startsWith('## '));
  return rows.slice(0, end < 0 ? rows.length : end).flatMap((text) => /^\| `(\w+)` \|/.exec(text)?.[1] ?? []);
};

describe('the JSON Schema of reports', () => {
  it('is the one of this version (else run `node scripts/write-report-schema.ts`)', () => {
    const written = readFileSync(join(ROOT, 'docs/reference/report.schema.json'), 'utf8');

    expect(JSON.parse(written)).toEqual(JSON.parse(renderReportSchema()));
  });
});

describe('the page on reports', () => {
  it.each([
    ['Rows', Object.keys(rowSchema.def.innerType.shape)],
    ['Actions', ACTIONS],
    ['Outcomes', OUTCOMES],
    ['Summary', Object.keys(summarySchema.def.innerType.shape)],
  ])('describes each of its %s', (heading, names) => {
    expect(codesIn(heading).toSorted()).toEqual([...names].toSorted());
  });
});
