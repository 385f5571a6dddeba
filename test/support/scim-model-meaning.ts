import type { Attribute } from '../../src/scim/schema/attribute.ts';
import type { ResourceType } from '../../src/scim/schema/resource-type.ts';
import { isComparable } from './scim-model-compare.ts';
import type { SentFilter } from './scim-model-filter.ts';
import { attributeNamed, placeOf } from './scim-model-schema.ts';

/** The attribute a name stands for, and whether anything about it is secret. */
type Named = { readonly attribute: Attribute; readonly isSecret: boolean; readonly isSub: boolean };
type Names = (name: string) => Named | undefined;

/** Says whether a filter asks what can be asked: names there are, that are returned, compared with what fits their type. */
export const isMeaningful = (filter: SentFilter, type: ResourceType): boolean => isAnswerable(filter, inResource(type));

/** The same inside the brackets of a value path. */
export const isMeaningfulIn = (filter: SentFilter, attribute: Attribute): boolean => isAnswerable(filter, inElement(attribute));

function isAnswerable(filter: SentFilter, names: Names): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return isAnswerable(filter.left, names) && isAnswerable(filter.right, names);
    case 'not':
      return isAnswerable(filter.operand, names);
  }
  const named = names(filter.name);
  if (!named || named.isSecret) return false;
  const { attribute, isSub } = named;
  if (filter.kind === 'present') return true;
  if (filter.kind === 'valuePath') return attribute.type === 'complex' && !isSub && isAnswerable(filter.filter, inElement(attribute));
  const compared = attribute.type === 'complex' ? (attributeNamed(attribute.subAttributes, 'value') ?? attribute) : attribute;
  return compared.returned !== 'never' && isComparable(compared, filter.op, filter.value);
}

const inResource =
  (type: ResourceType): Names =>
  (name) => {
    const place = placeOf(type, name);
    if (!place) return undefined;
    const isSecret = place.attribute.returned === 'never' || place.subAttribute?.returned === 'never';
    return { attribute: place.subAttribute ?? place.attribute, isSecret, isSub: place.subAttribute !== undefined };
  };

const inElement =
  ({ subAttributes }: Attribute): Names =>
  (name) => {
    const attribute = attributeNamed(subAttributes, name);
    return attribute && { attribute, isSecret: attribute.returned === 'never', isSub: true };
  };
