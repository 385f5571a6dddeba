import type { AdminAct, AdminRequest, RequestOf } from '../../src/access/admin-request.ts';
import type { Administered } from '../../src/access/administration.ts';
import type { StoreCall } from '../../src/access/ports.ts';
import type { AdminServices } from '../../src/runtime/admin-services.ts';
import { ACCOUNT_PERFORMERS } from './performers/accounts.ts';
import { APPLICATION_PERFORMERS } from './performers/applications.ts';
import { BRAKE_PERFORMERS } from './performers/brake.ts';
import { CLIENT_PERFORMERS } from './performers/clients.ts';
import { DIRECTORY_PERFORMERS } from './performers/directory.ts';
import { IP_PERFORMERS } from './performers/ip.ts';
import { MAPPING_PERFORMERS } from './performers/mappings.ts';
import { MATCHING_PERFORMERS } from './performers/matching.ts';
import type { Performers } from './performers/performer.ts';
import { RESOURCE_PERFORMERS } from './performers/resources.ts';
import { SCHEMA_PERFORMERS } from './performers/schemas.ts';
import { SERVICE_PERFORMERS } from './performers/service.ts';
import { TOKEN_PERFORMERS } from './performers/tokens.ts';
import { TRANSFER_PERFORMERS } from './performers/transfer.ts';

const PERFORMERS: Performers<AdminAct> = {
  ...ACCOUNT_PERFORMERS,
  ...APPLICATION_PERFORMERS,
  ...CLIENT_PERFORMERS,
  ...MAPPING_PERFORMERS,
  ...DIRECTORY_PERFORMERS,
  ...MATCHING_PERFORMERS,
  ...BRAKE_PERFORMERS,
  ...IP_PERFORMERS,
  ...RESOURCE_PERFORMERS,
  ...SCHEMA_PERFORMERS,
  ...SERVICE_PERFORMERS,
  ...TOKEN_PERFORMERS,
  ...TRANSFER_PERFORMERS,
};

export const perform = (services: AdminServices, asked: AdminRequest, call: StoreCall): Promise<Administered<unknown>> =>
  performAct(services, asked.act, asked, call);

/** The act's name stands beside its request, so that the compiler sees that the two belong together. */
const performAct = <Act extends AdminAct>(services: AdminServices, act: Act, asked: RequestOf<Act>, call: StoreCall) =>
  PERFORMERS[act](services, asked, call);
