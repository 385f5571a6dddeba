import type { AdminAnswer } from '../../src/access/admin-answer.ts';
import { AdminRefusal } from '../../src/access/admin-refusal.ts';
import { type AdminRequest, parseAdminRequest } from '../../src/access/admin-request.ts';
import { type Administered, createToken, listTokens, revokeToken } from '../../src/access/administration.ts';
import { setApplication, showApplication } from '../../src/access/application-administration.ts';
import type { StoreCall } from '../../src/access/ports.ts';
import type { AdminServices } from '../../src/runtime/admin-services.ts';
import { type AdminLine, describeUnexpected } from '../../src/runtime/log.ts';
import { ScimError } from '../../src/scim/errors.ts';

/** Does what is asked for and leaves one line about it in the audit log, whatever came of it. */
export async function answerAdmin(services: AdminServices, request: unknown, call: StoreCall): Promise<AdminAnswer> {
  const { administration, tenant, log } = services;
  let stated: Pick<AdminLine, 'act' | 'by' | 'credential'> = { act: 'unknown', by: 'unknown' };
  try {
    const asked = parseAdminRequest(request);
    stated = { act: asked.act, by: asked.by, ...('credential' in asked && { credential: asked.credential }) };
    const { result, event } = await perform(administration, asked, call);
    log({ ...event, tenant, outcome: 'done' });
    return { ok: true, result };
  } catch (error) {
    const isRefused = error instanceof AdminRefusal;
    const at = new Date(administration.now()).toISOString();
    log({ event: 'admin', tenant, ...stated, outcome: isRefused ? 'refused' : 'failed', at });
    if (isRefused || error instanceof ScimError) return { ok: false, error: { message: error.message } };
    log({ event: 'unexpectedError', requestId: call.requestId, tenant, ...describeUnexpected(error) });
    return { ok: false, error: { message: `The admin function met an unexpected condition: look for ${call.requestId} in its log.` } };
  }
}

function perform(administration: AdminServices['administration'], asked: AdminRequest, call: StoreCall): Promise<Administered<unknown>> {
  switch (asked.act) {
    case 'app.show':
      return showApplication(administration, asked, call);
    case 'app.set':
      return setApplication(administration, asked, call);
    case 'token.create':
      return createToken(administration, asked, call);
    case 'token.list':
      return listTokens(administration, asked);
    case 'token.revoke':
      return revokeToken(administration, asked);
  }
}
