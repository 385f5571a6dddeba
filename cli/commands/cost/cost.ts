import * as z from 'zod/mini';
import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import { defineCommand, UsageError } from '../../command.ts';
import type { Terminal } from '../../terminal.ts';
import { readTemplates } from './assembly.ts';
import { type AtRest, countAtRest } from './at-rest.ts';
import { describeCosts } from './describe.ts';
import { costOf, fleetCost } from './fleet-cost.ts';
import { PRICE_LIST } from './prices.ts';

const ACCOUNT_STACK = 'scim-account';
const DEFAULT_USERS = '1000';
const DEFAULT_TENANTS = '1,10,100';

export const cost = defineCommand({
  name: 'cost',
  summary: "Estimate a month's bill, from the templates, the list of prices and a stated model of traffic; free tiers are left aside.",
  flags: [
    { flags: '--users <number>', summary: `users of each tenant, beside idle (default: ${DEFAULT_USERS})` },
    { flags: '--tenants <numbers>', summary: `for so many tenants (default: ${DEFAULT_TENANTS})` },
    { flags: '--tenant <name...>', summary: 'tenants such as these (default: the mean of all there are files of)' },
    { flags: '--app <folder>', summary: 'templates that "cdk synth --output" has left there (default: synthesised when needed)' },
    { flags: '--json', summary: 'print the result as JSON' },
  ],
  examples: ['scim cost', 'scim cost --users 10000 --tenants 1,25', 'scim cost --tenant example --json'],
  options: z.strictObject({
    users: z._default(z.string().check(z.regex(/^\d{1,8}$/, '--users takes a whole number')), DEFAULT_USERS),
    tenants: z._default(
      z.string().check(z.regex(/^[1-9]\d{0,5}(,[1-9]\d{0,5})*$/, '--tenants takes whole numbers with commas between')),
      DEFAULT_TENANTS,
    ),
    tenant: z.optional(z.array(z.string())),
    app: z.optional(z.string()),
    json: z.optional(z.literal(true)),
  }),
  run: async ({ users: typed, tenants: counts, tenant, app, json }, terminal) => {
    const users = Number(typed);
    const templates = await readTemplates(app, terminal);
    const atRest = new Map([...templates].map(([stack, template]) => [stack, countAtRest(template)]));
    const costs = [...chosen(atRest, tenant)].map(([stack, counted]) => costOf(stack, counted, users));
    const counted = atRest.get(ACCOUNT_STACK);
    const account = counted && costOf(ACCOUNT_STACK, counted, users);
    const fleets = counts.split(',').map((count) => fleetCost(account, costs, Number(count)));
    const stacks = [...(account ? [account] : []), ...costs];
    const unknownTypes = [...new Set(stacks.flatMap(({ stack }) => atRest.get(stack)?.unknownTypes ?? []))];
    if (json) return terminal.print(JSON.stringify({ prices: PRICE_LIST, users, stacks, fleets, unknownTypes }));
    describeCosts(stacks, fleets, users).forEach(terminal.print);
    explain(unknownTypes, terminal);
  },
});

function chosen(all: ReadonlyMap<string, AtRest>, tenants: readonly string[] | undefined): ReadonlyMap<string, AtRest> {
  const known = new Map([...all].filter(([stack]) => stack !== ACCOUNT_STACK));
  if (known.size === 0) throw new AdminRefusal('There is no template of a tenant; "scim tenant add" writes the file of one.');
  const unknown = tenants?.find((name) => !known.has(`scim-${name}`));
  if (unknown !== undefined)
    throw new UsageError(`--tenant: there is no template of "${unknown}", but of ${[...known.keys()].map(nameOf).join(', ')}.`);
  return tenants === undefined ? known : new Map([...known].filter(([stack]) => tenants.includes(nameOf(stack))));
}

const nameOf = (stack: string): string => stack.replace(/^scim-/, '');

function explain(unknownTypes: readonly string[], { say }: Terminal): void {
  const { region, from, to } = PRICE_LIST;
  const days = from === to ? `on ${from}` : `from ${from} to ${to}`;
  say(`Dollars a month at list prices of ${region}, without free tiers and taxes.`);
  say(`Each price was held ${days} against a page that repeats it, most not of AWS: before you rely on one, look at AWS's own page.`);
  say('What is assumed of the traffic: docs/explanation/cost.md.');
  if (unknownTypes.length > 0) say(`Whether these cost anything is not known here: ${unknownTypes.join(', ')}.`);
}
