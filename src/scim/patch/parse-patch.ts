import { ScimError } from '../errors.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Leniencies } from '../leniency.ts';
import type { Attribute } from '../schema/attribute.ts';
import { extensionPaths, findExtension, findPath, findSubAttribute } from '../schema/lookup.ts';
import { describe } from '../schema/parse-leaf.ts';
import { isUnassigned, parseComplete, parsePart, parseSingle, parseValue, type Reading } from '../schema/parse-value.ts';
import type { ResourceType, Schema } from '../schema/resource-type.ts';
import { forgiveOperation } from './forgive-operation.ts';
import { elementDescribedBy } from './missing-element.ts';
import type { Operation, Patch, Target } from './operation.ts';
import { nameOf, parsePath } from './path.ts';
import { parseRequest, type RawOperation } from './request.ts';

const OPS = ['add', 'replace', 'remove'] as const;

type Op = (typeof OPS)[number];
type Mutability = Attribute['mutability'];

/** One operation on its way from what was sent to what it means. */
type Draft = {
  readonly type: ResourceType;
  readonly op: Op;
  readonly at: string;
  readonly reading: Reading;
};

/**
 * Parses a PATCH request (RFC 7644 §3.5.2) into operations on one attribute each, their values checked by the schema.
 *
 * @throws {ScimError} invalidSyntax, invalidPath, invalidFilter, invalidValue, mutability, noTarget
 */
export function parsePatch(type: ResourceType, body: JsonObject, leniencies: Leniencies): Patch {
  const ignored: string[] = [];
  const reading: Reading = { leniencies, membersAttribute: type.membersAttribute, ignore: (path) => ignored.push(path) };
  const operations = parseRequest(body, leniencies).flatMap((sent, index) =>
    forgiveOperation(sent, type, leniencies).flatMap((raw) => parseOperation(type, raw, `Operations[${index}]`, reading)),
  );
  return { operations, ignored };
}

function parseOperation(type: ResourceType, { op: verb, path, value }: RawOperation, at: string, reading: Reading): readonly Operation[] {
  const op = OPS.find((known) => known === verb);
  if (!op) throw new ScimError('invalidSyntax', `${at}: op must be add, replace or remove.`);
  const draft: Draft = { type, op, at, reading };
  if (path === undefined) return parsePathless(draft, value);
  const pointed = parsePath(type, path, at, reading.leniencies);
  return pointed.kind === 'extension' ? parseExtension(draft, pointed.schema, value) : parseTargeted(draft, pointed.target, value);
}

/** Without a path, the value is a resource of which each attribute is added or replaced. */
function parsePathless(draft: Draft, value: Json | undefined): readonly Operation[] {
  const { type, op, at, reading } = draft;
  if (op === 'remove') throw new ScimError('noTarget', `${at}: a removal needs a path.`);
  return entries(value, at).flatMap(([key, part]) => {
    const schema = findExtension(type, key);
    if (schema) return parseExtension(draft, schema, part);
    const path = findPath(type, key);
    if (path && !path.subAttribute && path.extension === undefined) return parseTargeted(draft, { path }, part);
    reading.ignore(key);
    return [];
  });
}

/** An extension is no attribute: what is done to it is done to each of its attributes, and it goes as far as clients write it. */
function parseExtension(draft: Draft, schema: Schema, value: Json | undefined): readonly Operation[] {
  const { type, op, at, reading } = draft;
  if (op === 'remove' || isUnassigned(value, reading)) {
    const written = extensionPaths(schema).filter(({ attribute }) => attribute.mutability !== 'readOnly');
    return written.flatMap((path) => parseTargeted({ ...draft, op: 'remove' }, { path }, undefined));
  }
  return entries(value, `${at}: ${schema.id}`).flatMap(([key, part]) => {
    const path = findPath(type, `${schema.id}:${key}`);
    if (path && !path.subAttribute) return parseTargeted(draft, { path }, part);
    reading.ignore(`${schema.id}:${key}`);
    return [];
  });
}

function entries(value: Json | undefined, at: string): readonly (readonly [string, Json])[] {
  if (isObject(value)) return Object.entries(value);
  throw new ScimError('invalidValue', `${at}: the value must be an object, not ${value === undefined ? 'missing' : describe(value)}.`);
}

function parseTargeted(draft: Draft, target: Target, value: Json | undefined): readonly Operation[] {
  const { op, at, reading } = draft;
  requireWritable(target, at);
  if (op === 'remove') return [{ at, target, op, ...removedValues(target, value, at, reading) }];
  if (value === undefined) throw new ScimError('invalidValue', `${at}: ${op} needs a value.`);
  const parsed = parseTargetValue(op, target, value, `${at}: ${nameOf(target)}`, reading);
  if (mutabilitiesOf(target).includes('writeOnly')) return [];
  if (parsed !== undefined) return [{ at, target, op, value: parsed, ...missingElement(draft, target) }];
  return isSilent(draft, target, value) ? [] : [{ at, target, op: 'remove' }];
}

/**
 * Says whether a value without content asks for nothing, rather than for an end to what is there: an addition to a list,
 * or one that speaks only of what is passed over. A mapping that nobody here knows must not cost a person's name.
 */
function isSilent({ op, reading }: Draft, target: Target, value: Json): boolean {
  const { attribute } = target.path;
  if (op === 'add' && isWholeList(target)) return true;
  if (attribute.type !== 'complex' || target.subAttribute) return false;
  const isKept = (name: string): boolean => KEPT.includes(findSubAttribute(attribute, name)?.mutability);
  const isPassedOver = (element: Json): boolean => {
    if (!isObject(element)) return false;
    const names = Object.keys(element);
    return (op === 'add' || names.length > 0) && !names.some(isKept) && !isUnassigned(element['value'], reading);
  };
  const elements = Array.isArray(value) ? value : [value];
  return elements.length > 0 && elements.every(isPassedOver);
}

const KEPT: readonly (Mutability | undefined)[] = ['readWrite', 'immutable'];

/** @throws {ScimError} mutability — readOnly (RFC 7644 §3.5.2) */
function requireWritable(target: Target, at: string): void {
  if (!mutabilitiesOf(target).includes('readOnly')) return;
  throw new ScimError('mutability', `${at}: ${nameOf(target)} is readOnly; leave it out.`);
}

const mutabilitiesOf = ({ path, subAttribute }: Target): readonly (Mutability | undefined)[] => [
  path.attribute.mutability,
  subAttribute?.mutability,
];

/** A value that is merged into what is there may be a part; one that replaces what a filter selects must be complete. */
function parseTargetValue(op: Op, { path, filter, subAttribute }: Target, value: Json, at: string, reading: Reading): Json | undefined {
  if (subAttribute) return parseValue(subAttribute, value, at, reading);
  if (!filter) return parsePart(path.attribute, value, at, reading);
  return (op === 'add' ? parseSingle : parseComplete)(path.attribute, value, at, reading);
}

const isWholeList = ({ path, filter, subAttribute }: Target): boolean => path.attribute.multiValued && !filter && !subAttribute;

/** The RFC gives `remove` no value; Entra ID lists those to remove, and would lose all the others. */
function removedValues(target: Target, value: Json | undefined, at: string, reading: Reading): { readonly only?: readonly Json[] } {
  const isListed = value !== undefined && value !== null && isWholeList(target) && reading.leniencies.has('removeByValue');
  if (!isListed) return {};
  const parsed = parseTargetValue('remove', target, value, `${at}: ${nameOf(target)}`, reading);
  return { only: Array.isArray(parsed) ? parsed : [] };
}

function missingElement({ type, reading }: Draft, target: Target): { readonly missing?: JsonObject } {
  const isSelection = target.filter !== undefined || (target.path.attribute.multiValued && target.subAttribute !== undefined);
  const isAllowed = reading.leniencies.has('missingElements') && target.path.name !== type.membersAttribute;
  const missing = isSelection && isAllowed ? elementDescribedBy(target.filter) : undefined;
  return missing ? { missing } : {};
}
