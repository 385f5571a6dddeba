import type * as z from 'zod/mini';
import { isObject } from '../json.ts';
import { refusal } from '../schema/custom/document.ts';
import { knownWords } from '../schema/custom/known-words.ts';
import type { Registry } from '../schema/resource-type.ts';
import { quoted } from '../schema/suggest.ts';
import { MAX_MAPPING_BYTES } from './limits.ts';
import { compileMapping, placeOf } from './profile.ts';
import { type AttributeMapping, keysOfAttribute, type MappedAttribute, mappingShape } from './shape.ts';

/**
 * Parses a mapping, and judges it by the resource types there are.
 *
 * @throws {ScimError} invalidValue — naming each mistake, where it is, and what would be right
 */
export function parseMapping(registry: Registry, file: unknown): AttributeMapping {
  const parsed = mappingShape.safeParse(withoutHint(file));
  if (!parsed.success) throw refusal(parsed.error.issues.flatMap(explain));
  judgeMapping(registry, parsed.data);
  return parsed.data;
}

/**
 * Judges a mapping by the resource types there are.
 *
 * @throws {ScimError} invalidValue — naming each mistake
 */
export function judgeMapping(registry: Registry, mapping: AttributeMapping): void {
  const mistakes = mistakesIn(registry, mapping);
  if (mistakes.length > 0) throw refusal(mistakes);
}

/** Reads a mapping that was judged before it was stored; undefined for anything else. */
export function readMapping(stored: unknown): AttributeMapping | undefined {
  const parsed = mappingShape.safeParse(stored);
  return parsed.success ? parsed.data : undefined;
}

/** Editors are told by `$schema` what may stand in the file. */
const withoutHint = (file: unknown): unknown =>
  isObject(file) ? Object.fromEntries(Object.entries(file).filter(([key]) => key !== '$schema')) : file;

function mistakesIn(registry: Registry, mapping: AttributeMapping): readonly string[] {
  const names = registry.map(({ name }) => name);
  if (Object.keys(mapping).length === 0) return [`The file maps nothing: it needs a list for one of ${names.join(', ')}.`];
  if (new TextEncoder().encode(JSON.stringify(mapping)).length > MAX_MAPPING_BYTES)
    return [`The mapping is larger than the ${MAX_MAPPING_BYTES / 1024} KB one may have.`];
  return Object.entries(mapping).flatMap(([name, entries]) => {
    const type = registry.find((each) => each.name === name);
    if (type === undefined) return [sentence(`There is no resource type${quoted(name) || ' of such a name'}${knownWords(name, names)}`)];
    return [...compileMapping(type, entries).flatMap(({ faults }) => faults), ...duplicates(name, entries)];
  });
}

/** Many a program does not tell names apart by case. */
const duplicates = (type: string, entries: readonly MappedAttribute[]): readonly string[] =>
  entries.flatMap(({ target }, index) => {
    const first = entries.findIndex((other) => other.target.toLowerCase() === target.toLowerCase());
    return first === index ? [] : [`${placeOf(type, index, target)}: ${type}[${first}] has this target already; give each its own.`];
  });

function explain(issue: z.core.$ZodIssue): readonly string[] {
  const steps = issue.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  const where = steps === '' ? 'The file' : steps.slice(1);
  if (issue.code !== 'unrecognized_keys') return [sentence(`${where} ${issue.message}`)];
  return issue.keys.map((key) => sentence(`${where} knows no key${quoted(key) || ' of this name'}${knownWords(key, keysOfAttribute())}`));
}

const sentence = (words: string): string => (words.endsWith('?') ? words : `${words}.`);
