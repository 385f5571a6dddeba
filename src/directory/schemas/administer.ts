import { AdminRefusal } from '../../access/admin-refusal.ts';
import { ScimError } from '../../scim/errors.ts';
import type { Customization } from '../../scim/schema/custom/customization.ts';
import type { Registry } from '../../scim/schema/resource-type.ts';
import type { DirectoryStore, SchemaStore, StoreCall } from '../ports.ts';
import { customizationOf } from './stored-schemas.ts';

/** What the acts on schemas need from their surroundings. */
export type SchemaAdministration = {
  readonly schemas: SchemaStore;
  /** The resource types before any addition. */
  readonly builtIn: Registry;
  readonly directory: Pick<DirectoryStore, 'scan' | 'count'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

export type Current = { readonly version: number; readonly customization: Customization };

/** @throws {AdminRefusal} when what is stored cannot be understood, and so must not be written over */
export async function readCurrent({ schemas }: Pick<SchemaAdministration, 'schemas'>, call: StoreCall): Promise<Current> {
  const stored = await schemas.read(call);
  const customization = customizationOf(stored);
  // The store gives 0 for a version it cannot read; a change could not be made on condition of that one.
  if (customization === undefined || stored?.version === 0) {
    throw new AdminRefusal(
      'The stored schemas cannot be read by this version: deploy the version that wrote them, or restore the item Settings / Schemas of the table from a backup.',
    );
  }
  return { version: stored?.version ?? 0, customization };
}

/** Lets the words of the schemas' own judgement through to the operator. */
export function inWordsForOperators<Result>(judge: () => Result): Result {
  try {
    return judge();
  } catch (cause) {
    if (cause instanceof ScimError && cause.kind === 'invalidValue') throw new AdminRefusal(cause.message, { cause });
    throw cause;
  }
}
