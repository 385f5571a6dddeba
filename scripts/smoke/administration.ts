import * as z from 'zod/mini';
import { AdminRefusal } from '../../src/access/admin-refusal.ts';
import type { AdminRequestInput } from '../../src/access/admin-request.ts';
import { type AdminTarget, invokeAdmin } from '../../src/runtime/admin-client.ts';

type Asked<Schema extends z.core.$ZodType> = { readonly expect: Schema } & { readonly request: WithoutCaller };
type WithoutCaller = AdminRequestInput extends infer Each ? (Each extends AdminRequestInput ? Omit<Each, 'by'> : never) : never;

/** Asks the admin function of one system. */
export type Administration = {
  /** @throws {AdminRefusal} the act did not happen */
  readonly ask: <Schema extends z.core.$ZodType>(asked: Asked<Schema>) => Promise<z.output<Schema>>;
  /** Where clients reach it, as it says itself. */
  readonly tenantUrl: () => Promise<string | undefined>;
};

/** Whom the audit log names. */
const CALLER = 'npm run smoke';

export function administrationOf(target: AdminTarget): Administration {
  const send = async (request: WithoutCaller) => {
    const { answer, tenantUrl } = await invokeAdmin(target, withCaller(request));
    if (!answer.ok) throw new AdminRefusal(answer.error.message);
    return { result: answer.result, tenantUrl };
  };
  return {
    ask: async ({ expect, request }) => z.parse(expect, (await send(request)).result),
    tenantUrl: async () => (await send({ act: 'app.list' })).tenantUrl,
  };
}

const withCaller = (request: WithoutCaller): AdminRequestInput => ({ ...request, by: CALLER });
