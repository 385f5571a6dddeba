import type { AdminAct, RequestOf } from '../../../src/access/admin-request.ts';
import type { Administered } from '../../../src/access/administration.ts';
import type { StoreCall } from '../../../src/access/ports.ts';
import type { AdminServices } from '../../../src/runtime/admin-services.ts';

/** For each act, what it comes to. */
export type Performers<Act extends AdminAct> = {
  readonly [Name in Act]: (services: AdminServices, asked: RequestOf<Name>, call: StoreCall) => Promise<Administered<unknown>>;
};
