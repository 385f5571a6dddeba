import type { AdminAnswer } from '../../src/access/admin-answer.ts';
import { AdminRefusal } from '../../src/access/admin-refusal.ts';
import { type AdminRequest, parseAdminRequest } from '../../src/access/admin-request.ts';
import type { StoreCall } from '../../src/access/ports.ts';
import { holdsToken } from '../../src/access/token.ts';
import type { AdminServices } from '../../src/runtime/admin-services.ts';
import { type AdminLine, describeUnexpected } from '../../src/runtime/log.ts';
import { ScimError } from '../../src/scim/errors.ts';
import { perform } from './perform.ts';

/** Does what is asked for and leaves one line about it in the audit log, whatever came of it. */
export async function answerAdmin(services: AdminServices, request: unknown, call: StoreCall): Promise<AdminAnswer> {
  const { administration, tenant, log } = services;
  const { requestId } = call;
  // An act is not to fail for its line: without a key, that leaves out whom it is about.
  await services.prepareLog?.().catch(() => undefined);
  let stated: Stated = { act: 'unknown', by: 'unknown' };
  try {
    const asked = parseAdminRequest(request);
    stated = statedIn(asked);
    const { result, event } = await perform(services, asked, call);
    log({ ...event, requestId, tenant, outcome: 'done' });
    return { ok: true, result };
  } catch (error) {
    const isRefused = error instanceof AdminRefusal || (error instanceof ScimError && error.status < 500);
    const at = new Date(administration.now()).toISOString();
    log({ event: 'admin', requestId, tenant, ...stated, outcome: isRefused ? 'refused' : 'failed', at });
    if (isRefused || error instanceof ScimError) return { ok: false, error: { message: error.message } };
    log({ event: 'unexpectedError', requestId, tenant, ...describeUnexpected(error) });
    return { ok: false, error: { message: `The admin function met an unexpected condition: look for ${requestId} in its log.` } };
  }
}

type Stated = Pick<AdminLine, 'act' | 'by' | 'application' | 'credential' | 'schemas' | 'resourceType' | 'resourceId' | 'subject'>;

/** What the request itself says it is about: all there is to say of an act that does not happen. */
const statedIn = (asked: AdminRequest): Stated => ({
  act: asked.act,
  by: asked.by,
  ...('application' in asked && asked.application !== undefined && { application: asked.application }),
  ...('credential' in asked && { credential: asked.credential }),
  ...('schema' in asked && { schemas: [asked.schema] }),
  ...(isChanging(asked) && { resourceType: asked.type, ...named(asked.resource) }),
});

const CHANGING = ['resource.disable', 'resource.enable', 'resource.remove', 'resource.restore', 'resource.purge'] as const;

type Changing = Extract<AdminRequest, { readonly act: (typeof CHANGING)[number] }>;

const isChanging = (asked: AdminRequest): asked is Changing => CHANGING.some((act) => act === asked.act);

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whatever was typed in place of a name is not for the log. */
function named(idOrName: string): Pick<AdminLine, 'resourceId' | 'subject'> {
  if (ID.test(idOrName)) return { resourceId: idOrName.toLowerCase() };
  return holdsToken(idOrName) ? {} : { subject: idOrName };
}
