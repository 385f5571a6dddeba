import * as z from 'zod';
import { reportSchema } from '../../src/audit/report/answer.ts';

/** Renders what programs may rely on of a report as JSON. */
export const renderReportSchema = (): string =>
  `${JSON.stringify({ title: 'Provisioning report', ...z.toJSONSchema(reportSchema) }, null, 2)}\n`;
