import type { Attribute } from '../../src/scim/schema/attribute.ts';
import type { ResourceType } from '../../src/scim/schema/resource-type.ts';
import { extensionNamed, type Place, placeOf } from './scim-model-schema.ts';

/** Names as `attributes` or `excludedAttributes` lists them; undefined where the parameter is missing. */
type Names = readonly string[] | undefined;

/** Says whether a value without sub-attributes is shown (RFC 7644 §3.9, RFC 7643 §7 `returned`). */
export function isShown(type: ResourceType, place: Place, only: Names, without: Names): boolean {
  const { attribute, subAttribute } = place;
  const isWhole = (names: Names): boolean => names?.some((name) => isNamed(type, name, { ...place, subAttribute: undefined })) === true;
  const isPart = (names: Names): boolean => subAttribute !== undefined && names?.some((name) => isNamed(type, name, place)) === true;
  if (attribute.returned === 'never' || subAttribute?.returned === 'never') return false;
  if (attribute.returned === 'always') return subAttribute === undefined || isUsual(subAttribute);
  if (isWhole(without)) return false;
  const isAsked = isWhole(only) || sisters(place).some((sister) => only?.some((name) => isNamed(type, name, sister)));
  if (only === undefined ? attribute.returned !== 'default' : !isAsked) return false;
  if (subAttribute === undefined || subAttribute.returned === 'always') return true;
  if (isPart(without)) return false;
  return only === undefined || isWhole(only) ? isUsual(subAttribute) : isPart(only);
}

const isUsual = ({ returned }: Attribute): boolean => returned === 'default' || returned === 'always';

/** All parts of the attribute that a part belongs to. */
const sisters = ({ subAttribute: _, ...place }: Place): readonly Place[] =>
  (place.attribute.subAttributes ?? []).map((subAttribute) => ({ ...place, subAttribute }));

/** The URN of an extension names each of its attributes. */
function isNamed(type: ResourceType, name: string, { extension, attribute, subAttribute }: WantedPlace): boolean {
  if (extensionNamed(type, name)) return subAttribute === undefined && extensionNamed(type, name)?.id === extension;
  const named = placeOf(type, name);
  return named?.extension === extension && named?.attribute.name === attribute.name && named.subAttribute?.name === subAttribute?.name;
}

type WantedPlace = Pick<Place, 'extension' | 'attribute'> & { readonly subAttribute?: Attribute | undefined };
