/** Writes the JSON Schema of reports, after a change of their form: `node scripts/write-report-schema.ts`. */
import { writeFileSync } from 'node:fs';
import { renderReportSchema } from './docs/report-schema.ts';

writeFileSync(new URL('../docs/reference/report.schema.json', import.meta.url), renderReportSchema());
