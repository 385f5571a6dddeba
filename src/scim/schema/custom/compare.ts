import { leafOf } from '../../filter/term.ts';
import { matchingAttributes } from '../../matching/matching-attributes.ts';
import { COMMON_ATTRIBUTES } from '../common-attributes.ts';
import type { AttributePath } from '../lookup.ts';
import { topLevelPaths } from '../lookup.ts';
import type { Registry, ResourceType } from '../resource-type.ts';
import { buildRegistry } from './build-registry.ts';
import { type Compared, concernsOf } from './compare-attributes.ts';
import { type Concern, missingExtension, noResources } from './concern.ts';
import { type Customization, isUnique, type MatchingUse, withoutDuplicates } from './customization.ts';
import { refusal } from './document.ts';
import { MAX_REMOVED } from './limits.ts';

/** What a change comes to: the customization to be stored, and what must be seen to first. */
export type Comparison = {
  /** Knows also what there was and no longer is. */
  readonly after: Customization;
  readonly concerns: readonly Concern[];
};

/**
 * Compares what there is with what there shall be, resource type by resource type.
 *
 * @throws {ScimError} invalidValue — a change that no state of the directory allows
 */
export function compare(builtIn: Registry, before: Customization, wanted: Customization): Comparison {
  const [old, registry] = [buildRegistry(builtIn, before), buildRegistry(builtIn, wanted)];
  const compared = registry.flatMap((type) => compareType(find(old, type.name), type, before.removed));
  const again = compared.filter((each) => isUniqueAgain(each, before.onceUnique));
  const mistakes = [...again.map(({ path }) => notAgain(path)), ...mismatches(before.matching, old, registry)];
  if (mistakes.length > 0) throw refusal(mistakes);
  const here = new Set(compared.filter(({ after }) => after !== undefined).map(nameOf));
  const gone = compared.filter(({ after }) => after === undefined).map(nameOf);
  const after: Customization = {
    ...wanted,
    removed: withoutDuplicates([...before.removed, ...wanted.removed, ...gone])
      .filter((name) => !here.has(name))
      .slice(-MAX_REMOVED),
    onceUnique: withoutDuplicates([...before.onceUnique, ...wanted.onceUnique, ...compared.filter(isNoLongerUnique).map(nameOf)]),
  };
  return { after, concerns: [...old.flatMap((type) => typeConcerns(type, find(registry, type.name))), ...compared.flatMap(concernsOf)] };
}

const find = (registry: Registry, name: string): ResourceType | undefined => registry.find((type) => type.name === name);

function compareType(old: ResourceType | undefined, type: ResourceType, removed: readonly string[]): readonly Compared[] {
  const [before, after] = [pathsOf(old), pathsOf(type)];
  return withoutDuplicates([...before.keys(), ...after.keys()]).map((path) => {
    const [was, is] = [before.get(path), after.get(path)];
    return {
      type: type.name,
      path,
      ...(was && { before: was }),
      ...(is && { after: is }),
      // A type that comes back may have resources; where it is new, none has to be looked at.
      mayBeStored: old === undefined || removed.includes(`${type.name} ${path}`),
      mayBeMissing: is?.extension === undefined || old?.extensions.some(({ schema }) => schema.id === is.extension) === true,
    };
  });
}

/** By their exact names: under these the values are stored. What every resource has, no schema changes. */
const pathsOf = (type: ResourceType | undefined): ReadonlyMap<string, AttributePath> =>
  new Map(type ? topLevelPaths(type).flatMap((path) => (COMMON_ATTRIBUTES.includes(path.attribute) ? [] : [[path.name, path]])) : []);

const nameOf = ({ type, path }: Compared): string => `${type} ${path}`;

const isUniqueNow = ({ after }: Compared): boolean => after !== undefined && isUnique(after.attribute);

const wasUnique = ({ before }: Compared): boolean => before !== undefined && isUnique(before.attribute);

const isNoLongerUnique = (compared: Compared): boolean => compared.after !== undefined && wasUnique(compared) && !isUniqueNow(compared);

const isUniqueAgain = (compared: Compared, onceUnique: readonly string[]): boolean =>
  isUniqueNow(compared) && !wasUnique(compared) && onceUnique.includes(nameOf(compared));

/** The keys of matching attributes hold values as they were compared until now. */
const mismatches = (matching: Customization['matching'], old: Registry, registry: Registry): readonly string[] =>
  matching.filter(({ type, path }) => comparisonOf(old, type, path) !== comparisonOf(registry, type, path)).map(stillMatched);

/** Whether case matters for the values of a matching attribute; undefined where there is none of this path. */
function comparisonOf(registry: Registry, typeName: string, path: string): boolean | undefined {
  const type = find(registry, typeName);
  const known = type && matchingAttributes(type).find(({ name }) => name === path);
  return known && leafOf(known.compared).caseExact;
}

const stillMatched = ({ type, path }: MatchingUse): string =>
  `${path}: resources of type ${type} are matched by it; take it out of the matching attributes first, or leave it as it is.`;

const notAgain = (path: string): string =>
  `${path}: was unique once, and what was kept of that time would make values look taken; leave uniqueness at "none", or add another attribute.`;

/** What the change asks of the resources of a type as such. */
function typeConcerns(old: ResourceType, type: ResourceType | undefined): readonly Concern[] {
  if (type === undefined) return [noResources(old.name)];
  const owed = type.extensions.filter(({ schema, required }) => required && !isRequired(old, schema.id));
  return owed.map(({ schema }) => missingExtension(type.name, schema.id));
}

const isRequired = ({ extensions }: ResourceType, urn: string): boolean =>
  extensions.some(({ schema, required }) => required && schema.id === urn);
