import type { RequestContext } from './context.ts';
import type { StoredResource } from './resource.ts';

/** Says whether the calling application sees every resource of the tenant. */
export const seesAll = ({ policy }: Pick<RequestContext, 'policy'>): boolean => policy.resources === 'all';

/** Says whether there is this resource for the calling application. */
export const isSeen = (context: Pick<RequestContext, 'policy' | 'principal'>, { createdBy }: Pick<StoredResource, 'createdBy'>): boolean =>
  seesAll(context) || createdBy === context.principal.application;
