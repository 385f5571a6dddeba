import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';

/** What a server has answered, by its own log: a second opinion on what a tool says it has seen. */
export type Served = {
  readonly requests: number;
  /** Answers with 500 or above, to operations of a bulk request too; 501 is no error of the server's. */
  readonly serverErrors: number;
  /** Successes for a caller nobody has let in. */
  readonly unauthenticatedSuccesses: number;
  /** Failures nobody expected, each with a line of its own. */
  readonly unexpected: number;
};

const lineSchema = z.object({
  event: z.optional(z.string()),
  status: z.optional(z.number()),
  credential: z.optional(z.string()),
});

type Line = z.output<typeof lineSchema>;

/** Reads the log of a data folder, with the part that was rotated away. */
export function servedBy(folder: string): Served {
  const lines = ['scim.log.1', 'scim.log'].flatMap((name) => linesOf(join(folder, name)));
  const answers = lines.filter(({ event }) => event === 'request' || event === 'bulkOperation');
  const isSuccess = ({ status = 500 }: Line): boolean => status >= 200 && status < 300;
  return {
    requests: answers.filter(({ event }) => event === 'request').length,
    serverErrors: answers.filter(({ status = 500 }) => status >= 500 && status !== 501).length,
    unauthenticatedSuccesses: answers.filter((line) => line.credential === undefined && isSuccess(line)).length,
    unexpected: lines.filter(({ event }) => event === 'unexpectedError' || event === 'crash').length,
  };
}

/** The last line may be half written. */
function linesOf(file: string): readonly Line[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => lineSchema.parse(JSON.parse(line)));
}

/** What in it is wrong whatever the tool says. */
export function faultsIn({ serverErrors, unauthenticatedSuccesses, unexpected }: Served): readonly string[] {
  return [
    ...(serverErrors > 0 ? [`the server's log has ${serverErrors} answers of 500 or above`] : []),
    ...(unauthenticatedSuccesses > 0 ? [`the server's log has ${unauthenticatedSuccesses} successes without a credential`] : []),
    ...(unexpected > 0 ? [`the server's log has ${unexpected} unexpected errors`] : []),
  ];
}
