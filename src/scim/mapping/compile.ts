import { ScimError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { Target } from '../patch/operation.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { sourceFaults } from './check-sources.ts';
import { readValues, type Scalar } from './read-values.ts';
import { hasManyValues, type Kind, kindOf, resolvePath } from './resolve-path.ts';
import type { MappedAttribute } from './shape.ts';
import { transformed } from './transform.ts';

export type MappedValue = Scalar | readonly Scalar[];

/** One attribute of the vendor's, ready to be read from resources. */
export type CompiledAttribute = {
  readonly target: string;
  /** Undefined where there is no value and no default. */
  readonly read: (document: JsonObject) => MappedValue | undefined;
  /** What is wrong with it, in words for whoever wrote it; it has no value then. */
  readonly faults: readonly string[];
};

/** Compiles one entry; `at` begins each fault. */
export function compileAttribute(type: ResourceType, entry: MappedAttribute, at: string): CompiledAttribute {
  const { target } = entry;
  const faults = sourceFaults(entry);
  if (faults.length > 0)
    return broken(
      target,
      faults.map((fault) => `${at}: ${fault}.`),
    );
  const resolved = pathsIn(entry).map((text) => attempt(type, text, at));
  const refusals = resolved.flatMap((one) => ('fault' in one ? [one.fault] : []));
  if (refusals.length > 0) return broken(target, refusals);
  const targets = resolved.flatMap((one) => ('found' in one ? [one.found] : []));
  const misfits = misfitsOf(entry, targets);
  return misfits.length > 0
    ? broken(
        target,
        misfits.map((misfit) => `${at}: ${misfit}.`),
      )
    : { target, read: reader(entry, targets), faults: [] };
}

const broken = (target: string, faults: readonly string[]): CompiledAttribute => ({ target, faults, read: () => undefined });

const pathsIn = ({ path, firstOf, join }: MappedAttribute): readonly string[] => firstOf ?? join ?? (path === undefined ? [] : [path]);

function attempt(type: ResourceType, text: string, at: string): { readonly found: Target } | { readonly fault: string } {
  try {
    return { found: resolvePath(type, text, at) };
  } catch (error) {
    if (error instanceof ScimError) return { fault: error.message };
    throw error;
  }
}

const KIND_WORDS: Readonly<Record<Kind, string>> = { text: 'text', number: 'a number', boolean: 'true or false' };

/** What the types of the attributes say against; a join is text whatever it joins. */
function misfitsOf({ join, all, transforms = [], default: fallback }: MappedAttribute, targets: readonly Target[]): readonly string[] {
  const kinds = new Set<Kind>(join === undefined ? targets.map(kindOf) : ['text']);
  const [kind, ...others] = kinds;
  const fallbackKind = kindOfScalar(fallback);
  const isOther = fallbackKind !== undefined && kind !== undefined && others.length === 0 && fallbackKind !== kind;
  return [
    ...(transforms.length > 0 && !kinds.has('text') ? [`transforms apply to text, and this is ${kind}; leave them out`] : []),
    ...(isOther ? [`default must be ${KIND_WORDS[kind]}, as the attribute is`] : []),
    ...(all && !targets.some(hasManyValues) ? ['the path has one value at most; leave out all'] : []),
  ];
}

function kindOfScalar(value: Scalar | undefined): Kind | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return 'text';
  return typeof value === 'number' ? 'number' : 'boolean';
}

function reader(entry: MappedAttribute, targets: readonly Target[]): CompiledAttribute['read'] {
  const { constant, default: fallback, transforms = [] } = entry;
  if (constant !== undefined) return () => constant;
  const valuesOf = (document: JsonObject, target: Target): readonly Scalar[] =>
    readValues(document, target)
      .map((value) => transformed(value, transforms))
      .filter((value) => value !== '');
  return (document) =>
    picked(
      entry,
      targets.map((target) => valuesOf(document, target)),
    ) ?? fallback;
}

/** Of the values of each path: all, one of each joined, or the first there is. */
function picked({ all, join, separator = ' ' }: MappedAttribute, values: readonly (readonly Scalar[])[]): MappedValue | undefined {
  if (all) return values.flat().length === 0 ? undefined : values.flat();
  if (join === undefined) return values.flat()[0];
  const parts = values.flatMap(([first]) => (first === undefined ? [] : [String(first)]));
  return parts.length === 0 ? undefined : parts.join(separator);
}
