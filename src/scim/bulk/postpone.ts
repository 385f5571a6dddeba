import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Leniencies } from '../leniency.ts';
import { type AttributePath, findPath } from '../schema/lookup.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { extensionNamed } from '../schema/schema-urns.ts';
import { URN } from '../urn.ts';
import { bulkIdsIn, type FindReferred, resolveReferences } from './references.ts';

/** A value that can only be written when what it refers to is there, with the path of its attribute. */
export type Postponed = { readonly path: string; readonly value: Json };

export type Postponement = {
  /** What the resource is created with. */
  readonly data: JsonObject;
  readonly postponed: readonly Postponed[];
  /** Whether the resource can do without the postponed values for a while: a required attribute must keep others. */
  readonly isPossible: boolean;
};

/**
 * Takes out of a resource the values that refer to what comes later: elements of a list, or an attribute as a whole.
 *
 * What no schema knows, or no client can write, stays: it is passed over anyway.
 */
export function postpone(type: ResourceType, data: JsonObject, isLater: (bulkId: string) => boolean, leniencies: Leniencies): Postponement {
  const parts = Object.entries(data).map(([key, value]): readonly [string, Divided] => {
    const urn = extensionNamed(type, key, leniencies);
    if (urn === undefined || !isObject(value)) return [key, divide(value, findPath(type, key), isLater)];
    const inside = Object.entries(value).map(([name, part]) => [name, divide(part, findPath(type, `${urn}:${name}`), isLater)] as const);
    return [key, joined(inside)];
  });
  const { kept, postponed, isPossible } = joined(parts);
  return { data: kept, postponed, isPossible };
}

/** The PATCH that writes the postponed values once everything they refer to is known. */
export const completion = (postponed: readonly Postponed[], find: FindReferred): JsonObject => ({
  schemas: [URN.patchOp],
  Operations: postponed.map(({ path, value }) => resolveReferences({ op: 'add', path, value }, find)),
});

type Divided = { readonly kept?: Json; readonly postponed: readonly Postponed[]; readonly isPossible: boolean };

const joined = (parts: readonly (readonly [string, Divided])[]) => ({
  kept: Object.fromEntries(parts.flatMap(([key, { kept }]) => (kept === undefined ? [] : [[key, kept]]))) satisfies JsonObject,
  postponed: parts.flatMap(([, { postponed }]) => postponed),
  isPossible: parts.every(([, { isPossible }]) => isPossible),
});

function divide(value: Json, path: AttributePath | undefined, isLater: (bulkId: string) => boolean): Divided {
  const refers = (part: Json): boolean => [...bulkIdsIn(part)].some(isLater);
  const isKept = path === undefined || path.subAttribute || !isWritten(path) || !refers(value);
  if (isKept) return { kept: value, postponed: [], isPossible: true };
  const [taken, kept] = Array.isArray(value) ? [value.filter(refers), value.filter((element) => !refers(element))] : [value, []];
  return {
    ...(kept.length > 0 && { kept }),
    postponed: [{ path: path.name, value: taken }],
    isPossible: kept.length > 0 || !path.attribute.required,
  };
}

const isWritten = ({ attribute: { mutability } }: AttributePath): boolean => mutability === 'readWrite' || mutability === 'immutable';
