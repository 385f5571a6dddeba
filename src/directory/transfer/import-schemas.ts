import { AdminRefusal } from '../../access/admin-refusal.ts';
import { buildRegistry } from '../../scim/schema/custom/build-registry.ts';
import { type Customization, NO_CUSTOMIZATION } from '../../scim/schema/custom/customization.ts';
import { printCustomization, readCustomization } from '../../scim/schema/custom/print.ts';
import type { Registry } from '../../scim/schema/resource-type.ts';
import type { StoreCall } from '../ports.ts';
import { changeSchemas } from '../schemas/change-schemas.ts';
import { readHeader } from './lines.ts';
import { parseText } from './parse-text.ts';
import type { ImportPolicy } from './policy.ts';
import type { Transfer } from './transfer.ts';

export type ImportedSchemas = {
  readonly outcome: 'same' | 'applied' | 'kept';
  /** What holds for the resources that follow; with `dryRun`, what would. */
  readonly customization: Customization;
  readonly registry: Registry;
};

/**
 * Takes over the schemas of the file's first line, where the tenant has none of its own; where it has others, the policy
 * decides. They are judged as a schema file is.
 *
 * @throws {AdminRefusal} the line is none, the schemas contradict themselves, or others are there
 */
export async function importSchemas(
  transfer: Transfer,
  header: string,
  { onConflict, dryRun }: ImportPolicy,
  call: StoreCall,
): Promise<ImportedSchemas> {
  const wanted = schemasIn(header);
  let taken: Omit<ImportedSchemas, 'registry'> = { outcome: 'same', customization: wanted };
  const decide = (current: Customization): Customization => {
    taken = choose(current, wanted, onConflict);
    return taken.customization;
  };
  await changeSchemas(transfer, decide, dryRun, call);
  return { ...taken, registry: buildRegistry(transfer.builtIn, taken.customization) };
}

function schemasIn(header: string): Customization {
  const read = readHeader(parseText(header));
  if ('fault' in read) throw new AdminRefusal(`line 1: this is no export of a directory: ${read.fault}`);
  const customization = readCustomization(JSON.stringify(read.line.schemas));
  if (customization === undefined) throw new AdminRefusal('line 1: schemas cannot be read by this version.');
  return customization;
}

function choose(current: Customization, wanted: Customization, onConflict: ImportPolicy['onConflict']): Omit<ImportedSchemas, 'registry'> {
  if (contentOf(current) === contentOf(wanted)) return { outcome: 'same', customization: current };
  const isEmpty = contentOf(current) === contentOf(NO_CUSTOMIZATION);
  if (isEmpty || onConflict === 'replace') return { outcome: 'applied', customization: { ...wanted, matching: current.matching } };
  if (onConflict === 'skip') return { outcome: 'kept', customization: current };
  throw new AdminRefusal(
    'line 1: the schemas of the file are others than those that are there; "scim schema list" shows these. --on-conflict skip keeps them, --on-conflict replace takes those of the file.',
  );
}

/** What is remembered of the past makes no difference, nor what resources are matched by. */
const contentOf = (customization: Customization): string =>
  printCustomization({ ...customization, removed: [], onceUnique: [], matching: [] });
