import type { Customization, MatchingUse } from '../../scim/schema/custom/customization.ts';
import { printCustomization } from '../../scim/schema/custom/print.ts';
import type { StoreCall } from '../ports.ts';
import { reDecide } from '../re-decide.ts';
import { readCurrent, type SchemaAdministration } from '../schemas/administer.ts';
import { purposeOf } from './administer.ts';

/** What shall be, and the use whose backfill begins with it. */
export type Decided = { readonly customization: Customization; readonly begins?: MatchingUse };

/**
 * Changes what resources are matched by, by compare-and-swap: when another change came first, it is decided again.
 *
 * @returns whether something was changed
 */
export const changeMatching = (
  administration: Pick<SchemaAdministration, 'schemas' | 'builtIn' | 'now'>,
  decide: (current: Customization) => Decided | undefined | Promise<Decided | undefined>,
  call: StoreCall,
): Promise<boolean> =>
  reDecide(call, administration.now, async () => {
    const { version, customization } = await readCurrent(administration, call);
    const decided = await decide(customization);
    if (decided === undefined) return false;
    await administration.schemas.write(
      { version: version + 1, text: printCustomization(decided.customization) },
      call,
      decided.begins && purposeOf(decided.begins, administration.now()),
    );
    return true;
  });
