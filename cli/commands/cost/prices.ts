import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';

const PRICES = [
  'secretMonth',
  'secretCalls',
  'alarmMonth',
  'compositeAlarmMonth',
  'metricMonth',
  'dashboardMonth',
  'logIngestedGb',
  'logStoredGbMonth',
  'keyMonth',
  'keyCalls',
  'webAclMonth',
  'webAclRuleMonth',
  'webAclRequests',
  'queueRequests',
  'busEvents',
  'writeUnits',
  'readUnits',
  'tableGbMonth',
  'backupGbMonth',
  'apiRequests',
  'functionRequests',
  'functionGbSeconds',
  'transferGb',
] as const;

/** What a quantity is paid by. */
export type PriceName = (typeof PRICES)[number];

const priceSchema = z.strictObject({
  dollars: z.number(),
  for: z.number(),
  unit: z.string(),
  /** Where AWS publishes it, in a page that is filled in by a script. */
  source: z.url(),
  /** The page with the same figure in words that it was compared with, and the day. */
  heldAgainst: z.url(),
  on: z.iso.date(),
});
const pricesSchema = z.strictObject({ region: z.string(), currency: z.literal('USD'), prices: z.record(z.enum(PRICES), priceSchema) });

const { region, prices } = pricesSchema.parse(JSON.parse(readFileSync(new URL('./prices.json', import.meta.url), 'utf8')));

/** Where these prices hold, and between which days they were compared with what others publish of them. */
export const PRICE_LIST = {
  region,
  from: datesOf(prices)[0] ?? '',
  to: datesOf(prices).at(-1) ?? '',
} as const;

/** What so much of it costs, in dollars. */
export const dollarsFor = (name: PriceName, quantity: number): number => (prices[name].dollars * quantity) / prices[name].for;

export const unitOf = (name: PriceName): string => prices[name].unit;

function datesOf(all: z.output<typeof pricesSchema>['prices']): readonly string[] {
  return Object.values(all)
    .map(({ on }) => on)
    .toSorted();
}
