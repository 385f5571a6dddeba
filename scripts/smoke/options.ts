import { parseArgs } from 'node:util';
import { CannotRun } from '../python/cannot-run.ts';

export const HELP = `Replays what identity providers say to SCIM endpoints against a deployed tenant, and ends with "N passed, N failed".

  npm run smoke -- --tenant NAME [OPTIONS]

  --tenant NAME   the deployed tenant, with the AWS credentials and region of the environment
  --local         the server that "npm start" runs on this machine, in place of a tenant
  --url URL       its Tenant URL, where clients use another one than the stack says (a domain of your own)
  --only PART     only conversations whose name has this part ("entra/", "okta/05"); may be given several times
  --at-once N     conversations at the same time, 1 to 16 (default: 4)
  --dry-run       say what would be done, and do nothing
  --clean         only take away what runs left behind that could not clean up
  --help          print this

It makes applications of its own, called smoke-…, that see only what they created; all that it creates has their name in front.
At the end, also when it is interrupted, it purges these users and groups, and deletes the applications. It touches nothing else.`;

export type Options = {
  readonly system: { readonly tenant: string } | 'local';
  readonly url: string | undefined;
  readonly only: readonly string[];
  readonly atOnce: number;
  readonly task: 'play' | 'dry-run' | 'clean';
};

/** @throws {CannotRun} naming the option and what it takes */
export function parseOptions(words: readonly string[]): Options | 'help' {
  const { help, tenant, local, url, only = [], 'at-once': atOnce = '4', 'dry-run': isDry, clean } = read(words);
  if (help) return 'help';
  if ((tenant === undefined) === (local === undefined)) throw new CannotRun('Name one system: --tenant NAME or --local.');
  if (tenant !== undefined && !/^[a-z0-9-]+$/.test(tenant))
    throw new CannotRun('--tenant takes the name of a file in tenants/, without ".json".');
  if (url !== undefined && !/^https?:\/\/[^/]+\/.*[^/]$/.test(url))
    throw new CannotRun('--url takes a Tenant URL, without a slash at its end.');
  if (!/^([1-9]|1[0-6])$/.test(atOnce)) throw new CannotRun(`--at-once takes a whole number from 1 to 16, not "${atOnce}".`);
  if (isDry && clean) throw new CannotRun('--dry-run and --clean exclude each other.');
  return {
    system: tenant === undefined ? 'local' : { tenant },
    url,
    only,
    atOnce: Number(atOnce),
    task: isDry ? 'dry-run' : clean ? 'clean' : 'play',
  };
}

function read(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        tenant: { type: 'string' },
        local: { type: 'boolean' },
        url: { type: 'string' },
        only: { type: 'string', multiple: true },
        'at-once': { type: 'string' },
        'dry-run': { type: 'boolean' },
        clean: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new CannotRun(`${error instanceof Error ? error.message : String(error)} Add --help to see what there is.`, { cause: error });
  }
}
