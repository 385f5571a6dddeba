import type { ReportWriter } from './writer.ts';

/** One object, in docs/reference/report.schema.json; a row a line, so that tools which read by lines manage a long one. */
export function jsonWriter(): ReportWriter {
  let separator = '\n';
  return {
    begin: ({ timespan, retentionDays, filters }) => `${JSON.stringify({ timespan, retentionDays, filters }).slice(0, -1)},"rows":[`,
    row: (row) => {
      const text = `${separator}${JSON.stringify(row)}`;
      separator = ',\n';
      return text;
    },
    end: (end) => `],${JSON.stringify(end).slice(1)}\n`,
  };
}
