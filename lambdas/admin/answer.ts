import type { AdminAnswer } from '../../src/access/admin-answer.ts';
import { AdminRefusal } from '../../src/access/admin-refusal.ts';
import { parseAdminRequest } from '../../src/access/admin-request.ts';
import type { StoreCall } from '../../src/access/ports.ts';
import type { AdminServices } from '../../src/runtime/admin-services.ts';
import { type AdminLine, describeUnexpected } from '../../src/runtime/log.ts';
import { ScimError } from '../../src/scim/errors.ts';
import { perform } from './perform.ts';

/** Does what is asked for and leaves one line about it in the audit log, whatever came of it. */
export async function answerAdmin(services: AdminServices, request: unknown, call: StoreCall): Promise<AdminAnswer> {
  const { administration, tenant, log } = services;
  let stated: Pick<AdminLine, 'act' | 'by' | 'application' | 'credential' | 'schemas'> = { act: 'unknown', by: 'unknown' };
  try {
    const asked = parseAdminRequest(request);
    stated = {
      act: asked.act,
      by: asked.by,
      ...('application' in asked && asked.application !== undefined && { application: asked.application }),
      ...('credential' in asked && { credential: asked.credential }),
      ...('schema' in asked && { schemas: [asked.schema] }),
    };
    const { result, event } = await perform(services, asked, call);
    log({ ...event, tenant, outcome: 'done' });
    return { ok: true, result };
  } catch (error) {
    const isRefused = error instanceof AdminRefusal || (error instanceof ScimError && error.status < 500);
    const at = new Date(administration.now()).toISOString();
    log({ event: 'admin', tenant, ...stated, outcome: isRefused ? 'refused' : 'failed', at });
    if (isRefused || error instanceof ScimError) return { ok: false, error: { message: error.message } };
    log({ event: 'unexpectedError', requestId: call.requestId, tenant, ...describeUnexpected(error) });
    return { ok: false, error: { message: `The admin function met an unexpected condition: look for ${call.requestId} in its log.` } };
  }
}
