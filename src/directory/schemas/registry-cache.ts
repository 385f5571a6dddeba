import { ScimError } from '../../scim/errors.ts';
import { buildRegistry } from '../../scim/schema/custom/build-registry.ts';
import type { Registry } from '../../scim/schema/resource-type.ts';
import { FRESH_MS } from '../fresh.ts';
import type { SchemaStore, StoreCall } from '../ports.ts';
import { customizationOf } from './stored-schemas.ts';

export type RegistryCacheOptions = {
  readonly schemas: Pick<SchemaStore, 'read'>;
  readonly builtIn: Registry;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly notify: (notice: string) => void;
  readonly freshMs?: number;
};

/**
 * Finds the tenant's resource types as they are now: the same object as long as nothing about them changes.
 *
 * @throws {ScimError} unavailable — they cannot be read and never could be: without them, an attribute of an operator's
 * own would be taken for unknown, and a PUT would lose its value
 */
export type FindRegistry = (call: StoreCall) => Promise<Registry>;

/** Make one per process. Where the stored schemas cannot be understood, the last ones that could be stay. */
export function registryFinder({ schemas, builtIn, now, notify, freshMs = FRESH_MS }: RegistryCacheOptions): FindRegistry {
  let known: { readonly text: string | undefined; readonly registry: Registry } | undefined;
  let readAtMs = Number.NEGATIVE_INFINITY;
  let isReported = false;

  const report = (): void => {
    if (!isReported) notify('The schemas cannot be read by this version: the last ones known stay, or requests are answered 503.');
    isReported = true;
  };

  return async (call) => {
    const atMs = now();
    if (known && atMs - readAtMs < freshMs) return known.registry;
    const stored = await schemas.read(call);
    const customization = customizationOf(stored);
    if (customization === undefined) report();
    else if (known === undefined || known.text !== stored?.text)
      known = { text: stored?.text, registry: buildRegistry(builtIn, customization) };
    if (known === undefined) throw unreadable();
    if (customization !== undefined) isReported = false;
    readAtMs = atMs;
    return known.registry;
  };
}

const unreadable = (): ScimError =>
  new ScimError('unavailable', "The tenant's schemas cannot be read at the moment; the same request can be sent again.");
