import * as z from 'zod/mini';
import type { Emulator } from './emulator.ts';

/** What a deployment says about a tenant's stack. */
export const outputsSchema = z.object({
  TenantUrl: z.string(),
  AdminFunctionName: z.string(),
  TableName: z.string(),
  EventBusName: z.string(),
  DeadLetterQueueUrl: z.string(),
});
export type Outputs = z.output<typeof outputsSchema>;

/** Says that something is so; what is not is a failure of its own, and the step goes on. */
type Check = (title: string, holds: boolean, detail?: string) => void;

/** What the steps share. */
export type World = {
  /** Everything of this run; goes with it, unless something failed. */
  readonly folder: string;
  readonly tenantsFolder: string;
  readonly emulator: Emulator;
  /** By tenant; filled by the first deployment. */
  readonly outputs: Map<string, Outputs>;
  /** What answers of the gateway were called, by tenant: each must be found in the log. */
  readonly requestIds: Map<string, Set<string>>;
  /** What no log may hold. */
  readonly secrets: Set<string>;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
};

export type Step = { readonly name: string; readonly run: (world: World, check: Check) => Promise<void> };

export function outputsOf({ outputs }: World, tenant: string): Outputs {
  const found = outputs.get(tenant);
  if (found === undefined) throw new TypeError(`${tenant} is not deployed`);
  return found;
}
