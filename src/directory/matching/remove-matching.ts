import { AdminRefusal } from '../../access/admin-refusal.ts';
import type { RequestOf } from '../../access/admin-request.ts';
import type { Administered } from '../../access/administration.ts';
import type { Customization, MatchingUse } from '../../scim/schema/custom/customization.ts';
import type { StoreCall } from '../ports.ts';
import { administered } from './add-matching.ts';
import { findUse, type MatchingAdministration, type Meant, meantBy, withUse } from './administer.ts';
import type { ChangedMatching } from './answers.ts';
import { changeMatching, type Decided } from './change-matching.ts';

/**
 * Lets filters on an attribute walk again; its keys go when no function can still rely on them.
 *
 * @throws {AdminRefusal} resources are not matched by it, or by what is built in
 */
export async function removeMatching(
  administration: MatchingAdministration,
  request: RequestOf<'matching.remove'>,
  call: StoreCall,
): Promise<Administered<ChangedMatching>> {
  let meant: Meant | undefined;
  const decide = (current: Customization): Decided | undefined => {
    meant = meantBy(administration, current, request);
    const known = findUse(current, meant);
    if (known === undefined) throw notListed(administration, meant);
    if (known.state === 'leaving' || known.state === 'removing') return undefined;
    const use: MatchingUse = { ...known, state: 'leaving', revision: administration.newRevision() };
    return { customization: withUse(current, use), begins: use };
  };
  const isChanged = await changeMatching(administration, decide, call);
  return administered(administration, request, meant, isChanged ? 'removed' : 'unchanged');
}

function notListed({ builtIn }: MatchingAdministration, { type, path }: Meant): AdminRefusal {
  const isBuiltIn = builtIn.some(({ name, matching = [] }) => name === type.name && matching.some((each) => each.path === path.name));
  return new AdminRefusal(
    isBuiltIn
      ? `${type.name} is always matched by ${path.name}: that is built in.`
      : `${type.name} is not matched by ${path.name}: the list of matching attributes shows what there is.`,
  );
}
