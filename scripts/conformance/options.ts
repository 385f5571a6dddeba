import { parseArgs } from 'node:util';
import { CannotRun } from '../python/cannot-run.ts';

export const HELP = `Runs what others wrote to judge SCIM endpoints against the local server, and ends with "N passed, N failed".

  npm run conformance [-- OPTIONS]

  --only NAME   one tool: scim2, scim-sanity, openapi-spec-validator or schemathesis; may be given several times
  --seed N      what schemathesis makes its requests from (default: 1)
  --examples N  how many requests schemathesis makes up for each operation (default: 40)
  --json        print the result as JSON
  --help        print this

Needs Python 3.10 or later; the tools are installed into .conformance/. What they printed is in .conformance/reports/.`;

export type Options = {
  readonly only: readonly string[];
  readonly seed: number;
  readonly examples: number;
  readonly json: boolean;
  readonly help: boolean;
};

/** @throws {CannotRun} naming the option and what it takes */
export function parseOptions(words: readonly string[], names: readonly string[]): Options {
  const { only = [], seed = '1', examples = '40', json = false, help = false } = read(words);
  const unknown = only.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new CannotRun(`--only takes one of ${names.join(', ')}, not "${unknown}".`);
  if (!/^\d{1,15}$/.test(seed)) throw new CannotRun(`--seed takes a whole number, not "${seed}".`);
  if (!/^[1-9]\d{0,4}$/.test(examples)) throw new CannotRun(`--examples takes a whole number from 1, not "${examples}".`);
  return { only, seed: Number(seed), examples: Number(examples), json, help };
}

function read(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        only: { type: 'string', multiple: true },
        seed: { type: 'string' },
        examples: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new CannotRun(`${error instanceof Error ? error.message : String(error)} Add --help to see what there is.`, { cause: error });
  }
}
