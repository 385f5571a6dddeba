import { ScimError } from '../scim/errors.ts';
import type { Policy } from './policy.ts';
import type { Scope } from './principal.ts';

type Feature = keyof Policy['features'];

/**
 * `discover` is reading about the service itself: what it offers, not whom it holds.
 * `several` is a request of many parts, each of which is judged by itself.
 */
export type Operation = { readonly action: Feature | 'discover' | 'several'; readonly resourceType: string };

/**
 * `ignore`: answer success, change nothing, log it as ignored.
 * `empty`: answer as if there were no resource of this type, an empty list or 404; Entra ID's Test Connection reads
 * the group collection even where only users are provisioned.
 */
export type Verdict = 'allow' | 'ignore' | 'empty';

/**
 * Judges one operation, also each one of a bulk request.
 *
 * @throws {ScimError} forbidden — saying what is switched off and what to change
 */
export function authorise(policy: Policy, scope: Scope, { action, resourceType }: Operation): Verdict {
  if (action === 'discover' || action === 'several') return 'allow';
  const served = policy.resourceTypes === 'all' || policy.resourceTypes.includes(resourceType);
  const feature = policy.features[action];
  if (!policy.autoUserProvisioning && action !== 'read') throw switchRefusal();
  if (!served && action !== 'read') throw typeRefusal(resourceType);
  if (feature === 'refuse') throw featureRefusal(action);
  if (scope === 'read' && action !== 'read') throw scopeRefusal(action);
  if (!served) return 'empty';
  return feature === 'ignore' ? 'ignore' : 'allow';
}

const switchRefusal = (): ScimError =>
  new ScimError(
    'forbidden',
    "Auto User Provisioning is switched off for this application: stop provisioning in the client, or set the application's autoUserProvisioning to true.",
  );

const typeRefusal = (resourceType: string): ScimError =>
  new ScimError(
    'forbidden',
    `This application does not provision resources of type ${resourceType}: switch them off in the client, or add ${resourceType} to the application's resourceTypes.`,
  );

const featureRefusal = (action: string): ScimError =>
  new ScimError(
    'forbidden',
    `The feature "${action}" is switched off for this application: switch it off in the client too, or set the application's features.${action} to "on".`,
  );

const scopeRefusal = (action: string): ScimError =>
  new ScimError('forbidden', `The credential may only read, and this is a "${action}": use a credential of scope "full".`);
