import type { AdminAnswer } from '../../src/access/admin-answer.ts';
import { AdminRefusal } from '../../src/access/admin-refusal.ts';
import { type AdminRequest, parseAdminRequest } from '../../src/access/admin-request.ts';
import { type Administered, createToken, listTokens, revokeToken } from '../../src/access/administration.ts';
import { setApplication, showApplication } from '../../src/access/application-administration.ts';
import type { StoreCall } from '../../src/access/ports.ts';
import { listRemoved } from '../../src/directory/removed/list-removed.ts';
import { restoreResource } from '../../src/directory/removed/restore-resource.ts';
import { applySchemas } from '../../src/directory/schemas/apply-schemas.ts';
import { refuseUnknownTypes } from '../../src/directory/schemas/refuse-unknown-types.ts';
import { removeSchema } from '../../src/directory/schemas/remove-schema.ts';
import { listSchemas, showSchema } from '../../src/directory/schemas/show-schemas.ts';
import { exportDirectory } from '../../src/directory/transfer/export-directory.ts';
import { importDirectory } from '../../src/directory/transfer/import-directory.ts';
import type { AdminServices } from '../../src/runtime/admin-services.ts';
import { type AdminLine, describeUnexpected } from '../../src/runtime/log.ts';
import { ScimError } from '../../src/scim/errors.ts';

/** Does what is asked for and leaves one line about it in the audit log, whatever came of it. */
export async function answerAdmin(services: AdminServices, request: unknown, call: StoreCall): Promise<AdminAnswer> {
  const { administration, tenant, log } = services;
  let stated: Pick<AdminLine, 'act' | 'by' | 'credential' | 'schemas'> = { act: 'unknown', by: 'unknown' };
  try {
    const asked = parseAdminRequest(request);
    stated = {
      act: asked.act,
      by: asked.by,
      ...('credential' in asked && { credential: asked.credential }),
      ...('schema' in asked && { schemas: [asked.schema] }),
    };
    const { result, event } = await perform(services, asked, call);
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

async function perform(services: AdminServices, asked: AdminRequest, call: StoreCall): Promise<Administered<unknown>> {
  const { administration, schemaAdministration, removedAdministration } = services;
  switch (asked.act) {
    case 'app.show':
      return showApplication(administration, asked, call);
    case 'app.set':
      await refuseUnknownTypes(schemaAdministration, asked, call);
      return setApplication(administration, asked, call);
    case 'resource.removed':
      return listRemoved(removedAdministration, asked, call);
    case 'resource.restore':
      return restoreResource(removedAdministration, asked, call);
    case 'directory.export':
      return exportDirectory(services.transfer, asked, call);
    case 'directory.import':
      return importDirectory(services.transfer, asked, call);
    case 'schema.apply':
      return applySchemas(schemaAdministration, asked, call);
    case 'schema.list':
      return listSchemas(schemaAdministration, asked, call);
    case 'schema.remove':
      return removeSchema(schemaAdministration, asked, call);
    case 'schema.show':
      return showSchema(schemaAdministration, asked, call);
    case 'token.create':
      return createToken(administration, asked, call);
    case 'token.list':
      return listTokens(administration, asked);
    case 'token.revoke':
      return revokeToken(administration, asked);
  }
}
