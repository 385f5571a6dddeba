import type { Attribute } from '../attribute.ts';
import type { AttributePath } from '../lookup.ts';
import { type About, type Concern, frozen, lost, misfit, missing } from './concern.ts';
import { isUnique, partsOf } from './customization.ts';

/** An attribute of one resource type, before and after a change of the schemas. */
export type Compared = {
  readonly type: string;
  /** Its canonical name. */
  readonly path: string;
  readonly before?: AttributePath;
  readonly after?: AttributePath;
  /** Whether a value may be stored although there was no such attribute. */
  readonly mayBeStored: boolean;
  /** Whether a resource may lack it that has the others of its schema. */
  readonly mayBeMissing: boolean;
};

/** Lists what a change of one attribute asks of the resources that are stored; nothing for one that can do no harm. */
export function concernsOf({ type, before, after, mayBeStored, mayBeMissing }: Compared): readonly Concern[] {
  if (after === undefined)
    return before === undefined || !isKept(before.attribute) ? [] : [lost({ type, path: before, was: before.attribute })];
  const about = { type, path: after, ...(before && { was: before.attribute }) };
  const isOwed = after.attribute.required && before?.attribute.required !== true && (mayBeMissing || mayBeStored);
  const concerns = before ? changeConcerns(about, before.attribute) : additionConcerns(about, mayBeStored);
  return [...concerns, ...(isOwed ? [missing(about)] : [])];
}

const additionConcerns = (about: About, mayBeStored: boolean): readonly Concern[] =>
  mayBeStored ? [misfit(about), ...(isUnique(about.path.attribute) ? [frozen(about, UNKEYED)] : [])] : [];

function changeConcerns(about: About, old: Attribute): readonly Concern[] {
  const { attribute } = about.path;
  return [
    ...(isWider(old, attribute) ? [] : [misfit(about)]),
    ...(isFrozen(old, attribute) ? [frozen(about, 'no client could change stored values any more')] : []),
    ...(isRekeyed(old, attribute) ? [frozen(about, UNKEYED)] : []),
  ];
}

const UNKEYED = 'stored values would not be unique';

const isKept = ({ mutability }: Attribute): boolean => mutability !== 'writeOnly';

const isFrozen = (old: Attribute, { mutability }: Attribute): boolean =>
  old.mutability !== mutability && (mutability === 'readOnly' || mutability === 'writeOnly');

/** The keys of values that are there already would be missing, or made of another spelling. */
const isRekeyed = (old: Attribute, attribute: Attribute): boolean =>
  isUnique(attribute) && (!isUnique(old) || old.caseExact !== attribute.caseExact);

/** Types whose every value is a value of another one too. */
const WIDER: Readonly<Partial<Record<Attribute['type'], readonly Attribute['type'][]>>> = {
  integer: ['decimal'],
  dateTime: ['string'],
  reference: ['string'],
  string: ['reference'],
};

/** Says whether an attribute takes every value that it took before, so that none has to be looked at. */
function isWider(old: Attribute, attribute: Attribute): boolean {
  const isSameType = old.type === attribute.type || WIDER[old.type]?.includes(attribute.type) === true;
  if (!isSameType || old.multiValued !== attribute.multiValued) return false;
  const [oldParts, parts] = [partsOf(old), partsOf(attribute)];
  const find = (all: readonly Attribute[], name: string) => all.find((sub) => sub.name === name);
  return (
    oldParts.every((sub) => isWiderPart(sub, find(parts, sub.name))) &&
    parts.every((sub) => !sub.required || find(oldParts, sub.name)?.required === true)
  );
}

const isWiderPart = (old: Attribute, sub: Attribute | undefined): boolean => sub !== undefined && isWider(old, sub) && !isFrozen(old, sub);
