import { ScimError } from '../scim/errors.ts';
import type { Policy } from './policy.ts';
import type { Scope } from './principal.ts';

type Feature = keyof Policy['features'];

/**
 * `discover` is reading about the service itself: what it offers, not whom it holds.
 * `several` is a request of many parts, each of which is judged by itself.
 * `follow` is reading events, of resources of all types.
 */
export type Operation = { readonly action: Feature | 'discover' | 'several' | 'follow'; readonly resourceType: string };

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
  if (action === 'follow') return authoriseFollowing(policy, scope);
  const served = policy.resourceTypes === 'all' || policy.resourceTypes.includes(resourceType);
  const feature = policy.features[action];
  if (!policy.autoUserProvisioning && action !== 'read') throw switchRefusal();
  if (!served && action !== 'read') throw typeRefusal(resourceType);
  if (feature === 'refuse') throw featureRefusal(action);
  if (scope !== 'full' && action !== 'read') throw scopeRefusal(action);
  if (!served) return 'empty';
  return feature === 'ignore' ? 'ignore' : 'allow';
}

/** Whoever sees only part of the directory is told nothing of the rest, and an event does not say what it is part of. */
function authoriseFollowing({ features, resources }: Policy, scope: Scope): Verdict {
  if (features.read === 'refuse') throw featureRefusal('read');
  if (scope !== 'events') throw noFollowerRefusal(scope);
  if (resources === 'own') throw ownRefusal();
  return 'allow';
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

const noFollowerRefusal = (scope: Scope): ScimError =>
  new ScimError('forbidden', `The credential is of scope "${scope}", and events are read with one of scope "events": make one beside it.`);

const ownRefusal = (): ScimError =>
  new ScimError(
    'forbidden',
    'This application sees only what it created, and events tell of the whole directory: read them with a credential of an application whose resources is "all".',
  );
