import { ADMINISTRATION } from '../../access/application.ts';
import { policySchema } from '../../access/policy.ts';
import type { ApplicationRepository } from '../../access/ports.ts';
import type { Registry } from '../../scim/schema/resource-type.ts';
import type { Directory, RequestContext } from '../context.ts';
import type { StoreCall, Sweeper } from '../ports.ts';
import type { RecordStore } from './ports.ts';

/** What an operator's acts on resources need from their surroundings. */
export type DirectoryAdministration = {
  /** The directory with the tenant's resource types as they are now. */
  readonly open: (call: StoreCall) => Promise<OpenedDirectory>;
  readonly applications: Pick<ApplicationRepository, 'list' | 'change'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

export type OpenedDirectory = {
  readonly registry: Registry;
  readonly directory: Directory;
  readonly sweeper: Sweeper;
  readonly records: RecordStore;
};

/** No application's policy holds for an operator; `application` is whose `externalId` is seen. Addresses are relative to the base URL. */
export const operatorContext = (call: StoreCall, now: Date, application = ADMINISTRATION): RequestContext => ({
  ...call,
  principal: { application, credential: ADMINISTRATION, scope: 'full' },
  policy: policySchema.parse({}),
  now,
  baseUrl: '',
});
