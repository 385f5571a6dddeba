import { changesBetween, type SchemaChange } from '../../scim/schema/custom/changes.ts';
import { checkCustomization } from '../../scim/schema/custom/check.ts';
import { compare } from '../../scim/schema/custom/compare.ts';
import type { Customization } from '../../scim/schema/custom/customization.ts';
import { refusal } from '../../scim/schema/custom/document.ts';
import { printCustomization } from '../../scim/schema/custom/print.ts';
import type { StoreCall } from '../ports.ts';
import { reDecide } from '../re-decide.ts';
import { inWordsForOperators, readCurrent, type SchemaAdministration } from './administer.ts';
import { refuseObstacles } from './find-obstacles.ts';

/** What is asked for: the schemas as they shall be, from the schemas as they are. */
export type DecideSchemas = (current: Customization) => Customization;

/**
 * Changes the schemas by compare-and-swap: when another change came first, all is decided again on its outcome.
 *
 * @throws {AdminRefusal} the schemas contradict themselves or each other, or stored values stand in the way
 */
export const changeSchemas = (
  administration: SchemaAdministration,
  decide: DecideSchemas,
  dryRun: boolean,
  call: StoreCall,
): Promise<readonly SchemaChange[]> =>
  reDecide(call, administration.now, async () => {
    const { schemas, builtIn } = administration;
    const { version, customization: before } = await readCurrent(administration, call);
    const { after, concerns } = inWordsForOperators(() => {
      const wanted = decide(before);
      const mistakes = checkCustomization(builtIn, wanted);
      if (mistakes.length > 0) throw refusal(mistakes);
      return compare(builtIn, before, wanted);
    });
    const changes = changesBetween(before, after);
    if (changes.length === 0) return changes;
    await refuseObstacles(administration, concerns, call);
    if (!dryRun) await schemas.write({ version: version + 1, text: printCustomization(after) }, call);
    return changes;
  });
