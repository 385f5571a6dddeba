import { ScimError } from '../../errors.ts';
import { isObject, type Json } from '../../json.ts';
import { URN } from '../../urn.ts';
import { quoted } from '../suggest.ts';
import type { Finding } from './check-attribute.ts';
import { MAX_FINDINGS } from './limits.ts';

/** One Schema or ResourceType of a file, as it was read. */
export type Document = {
  /** Where it stands: `Resources[2]`, `[2]`, or nothing where the file is the document. */
  readonly at: string;
  readonly kind: 'schema' | 'resourceType';
  readonly value: unknown;
};

/**
 * Takes a file apart: a Schema, a ResourceType, a list of them, or a ListResponse.
 *
 * @throws {ScimError} invalidValue — something in it is neither
 */
export function documentsIn(file: unknown): readonly Document[] {
  const entries = entriesOf(file);
  if (entries.length === 0) throw refusal(['The file is empty; it must hold a Schema or a ResourceType.']);
  const documents = entries.flatMap(({ at, value }): readonly Document[] => {
    const kind = kindOf(value);
    return kind ? [{ at, value, kind }] : [];
  });
  const unknown = entries.filter(({ at }) => documents.every((document) => document.at !== at));
  if (unknown.length > 0) throw refusal(unknown.map(({ at }) => say(at, NEITHER)));
  return documents;
}

const NEITHER = 'is neither a Schema, with id and attributes (RFC 7643 §7), nor a ResourceType, with endpoint and schema (RFC 7643 §6)';

type Entry = { readonly at: string; readonly value: unknown };

function entriesOf(file: unknown): readonly Entry[] {
  if (Array.isArray(file)) return file.map((value: unknown, index) => ({ at: `[${index}]`, value }));
  const resources = isObject(file) ? file['Resources'] : undefined;
  return Array.isArray(resources) ? resources.map((value, index) => ({ at: `Resources[${index}]`, value })) : [{ at: '', value: file }];
}

/** By what it says it is, or else by what only one of the two has. */
function kindOf(value: unknown): Document['kind'] | undefined {
  if (!isObject(value)) return undefined;
  const schemas = Array.isArray(value['schemas']) ? value['schemas'] : [];
  if (schemas.includes(URN.resourceType) || Object.hasOwn(value, 'endpoint') || Object.hasOwn(value, 'schemaExtensions'))
    return 'resourceType';
  return schemas.includes(URN.schema) || Object.hasOwn(value, 'attributes') ? 'schema' : undefined;
}

/** Puts a finding into words: where it is, of which attribute, what is wrong. */
export function describeFinding({ at, value }: Document, { path, message }: Finding): string {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return say(`${at}${steps}`.replace(/^\./, '') + ofAttribute(value, path), message);
}

/** Names of the attribute and sub-attribute on the way, ` of "position.latitude"`; nothing where there is none. */
function ofAttribute(value: unknown, path: Finding['path']): string {
  const names: string[] = [];
  let part: unknown = value;
  for (const step of path) {
    part = memberOf(part, step);
    const name: Json | undefined = isObject(part) ? part['name'] : undefined;
    if (typeof name === 'string') names.push(name);
  }
  const plain = quoted(names.join('.'));
  return plain === '' ? '' : ` of${plain}`;
}

const memberOf = (part: unknown, step: string | number): unknown => {
  if (Array.isArray(part)) return part[Number(step)];
  return isObject(part) ? part[String(step)] : undefined;
};

const say = (where: string, message: string): string => `${where === '' ? 'The file' : where}: ${message}.`.replace(/([.?])\.$/, '$1');

/** So many mistakes are named, the rest counted. */
export const refusal = (lines: readonly string[]): ScimError => {
  const more = lines.length - MAX_FINDINGS;
  return new ScimError('invalidValue', [...lines.slice(0, MAX_FINDINGS), ...(more > 0 ? [`… and ${more} more.`] : [])].join('\n'));
};
