import * as z from 'zod/mini';
import { CannotRun } from '../python/cannot-run.ts';
import { faultsIn, type Served } from './served.ts';
import type { Verdict } from './tool.ts';

/** Fewer requests than these say little. */
const FEWEST_REQUESTS = 2_000;
const SHOWN_LINES = 200;

const reportSchema = z.object({
  complete: z.boolean(),
  operations: z.object({ selected: z.number(), tested: z.number() }),
  failures: z.array(z.object({ title: z.string(), operations: z.array(z.string()) })),
  errors: z.array(z.unknown()),
});

type Report = z.output<typeof reportSchema>;

/** @throws {CannotRun} the report is missing or has another form */
export function parseReport(text: string): Report {
  const parsed = reportSchema.safeParse(JSON.parse(text));
  if (!parsed.success) throw new CannotRun(`The report of schemathesis has another form: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** Counts one check for each operation of the document, one for the number of requests, and what else went wrong. */
export function judge(report: Report, served: Served, output: string): Verdict {
  const { operations, failures, errors, complete } = report;
  const failing = new Set(failures.flatMap((failure) => failure.operations));
  const faults = [
    ...faultsIn(served),
    ...(served.requests < FEWEST_REQUESTS ? [`only ${served.requests} requests were made; ${FEWEST_REQUESTS} are asked for`] : []),
    ...(complete && errors.length === 0 && operations.tested === operations.selected ? [] : ['schemathesis did not get through']),
  ];
  const failed = failing.size + faults.length;
  const kinds = failures.map(({ title, operations: where }) => `${title}: ${where.join(', ')}`);
  return {
    passed: operations.tested - failing.size + (served.requests < FEWEST_REQUESTS ? 0 : 1),
    failed,
    summary: `${operations.tested} operations, ${served.requests} requests`,
    details: failed === 0 ? [] : [...kinds, ...faults, ...failuresIn(output)],
  };
}

/** The part of the output that shows each failure with the request that led to it. */
const failuresIn = (output: string): readonly string[] => {
  const from = output.search(/^=+ (FAILURES|ERRORS) =+$/m);
  return from < 0 ? [] : output.slice(from).split('\n').slice(0, SHOWN_LINES);
};
