import { evaluate } from '../filter/evaluate.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Target } from '../patch/operation.ts';

export type Scalar = string | number | boolean;

/**
 * Reads what a path points at: the values that are there, those of the primary element first (RFC 7643 §2.4), the others
 * in their order.
 */
export function readValues(document: JsonObject, { path, filter, subAttribute }: Target): readonly Scalar[] {
  const holder = path.extension === undefined ? document : memberOf(document, path.extension);
  const elements = listOf(memberOf(holder, path.attribute.name));
  const selected = filter === undefined ? elements : elements.filter((element) => isObject(element) && evaluate(filter, element));
  const ordered = [...selected.filter(isPrimary), ...selected.filter((element) => !isPrimary(element))];
  const values = subAttribute === undefined ? ordered : ordered.flatMap((element) => listOf(memberOf(element, subAttribute.name)));
  return values.filter(isValue);
}

const memberOf = (holder: Json | undefined, name: string): Json | undefined =>
  isObject(holder) && Object.hasOwn(holder, name) ? holder[name] : undefined;

const listOf = (value: Json | undefined): readonly Json[] => {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
};

const isPrimary = (element: Json): boolean => isObject(element) && element['primary'] === true;

const isValue = (value: Json): value is Scalar => value !== null && typeof value !== 'object' && value !== '';
