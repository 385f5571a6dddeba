import type * as z from 'zod/mini';
import type { Schema } from '../resource-type.ts';
import { quoted } from '../suggest.ts';
import { checkAttribute, duplicates, type Finding, under } from './check-attribute.ts';
import type { ExtensionUse } from './customization.ts';
import { type Document, describeFinding, documentsIn, refusal } from './document.ts';
import { knownWords } from './known-words.ts';
import { urnFault } from './names.ts';
import { keysOf, type RawAttribute, resourceTypeShape, schemaShape } from './shape.ts';
import { toAttribute } from './to-attribute.ts';

/** What a file says of one resource type (RFC 7643 §6). */
export type StatedType = {
  readonly name: string;
  readonly description: string;
  readonly endpoint: string;
  readonly schema: string;
  readonly extensions: readonly ExtensionUse[];
};

/** A part of a file with the place it came from. */
export type Stated<Part> = { readonly document: Document; readonly part: Part };

export type SchemaFile = { readonly schemas: readonly Stated<Schema>[]; readonly types: readonly Stated<StatedType>[] };

/**
 * Parses a file of schemas and resource types; whether they go together with what there is, is judged later.
 *
 * @throws {ScimError} invalidValue — naming each mistake, where it is, and what would be right
 */
export function parseSchemaFile(file: unknown): SchemaFile {
  const documents = documentsIn(file);
  const mistakes: string[] = [];
  const schemas: Stated<Schema>[] = [];
  const types: Stated<StatedType>[] = [];
  for (const document of documents) {
    const { findings, schema, type } = document.kind === 'schema' ? parseSchema(document) : parseType(document);
    mistakes.push(...findings.map((finding) => describeFinding(document, finding)));
    if (schema) schemas.push({ document, part: schema });
    if (type) types.push({ document, part: type });
  }
  if (mistakes.length > 0) throw refusal(mistakes);
  return { schemas, types };
}

type Parsed = { readonly findings: readonly Finding[]; readonly schema?: Schema; readonly type?: StatedType };

function parseSchema({ value }: Document): Parsed {
  const parsed = schemaShape.safeParse(value);
  if (!parsed.success) return { findings: parsed.error.issues.flatMap(explain) };
  const schema = toSchema(parsed.data);
  const { attributes } = parsed.data;
  const fault = urnFault(schema.id);
  const findings = [
    ...(fault === undefined ? [] : [{ path: ['id'], message: fault }]),
    ...under('attributes', schema.attributes.map(checkAttribute)),
    ...under('attributes', attributes.map(checkSimple)),
    ...duplicates('attributes', schema.attributes),
  ];
  return { findings, schema };
}

export function toSchema({ id, name, description, attributes }: z.output<typeof schemaShape>): Schema {
  return { id, name: name ?? lastSegment(id), description: description ?? '', attributes: attributes.map(toAttribute) };
}

export const lastSegment = (urn: string): string => urn.slice(urn.lastIndexOf(':') + 1);

/** What is lost when the attribute is made: sub-attributes of one that is not complex. */
const checkSimple = ({ type, subAttributes }: RawAttribute): readonly Finding[] =>
  type !== 'complex' && (subAttributes ?? []).length > 0
    ? [{ path: ['type'], message: 'only a complex attribute has sub-attributes; set type to "complex", or leave them out' }]
    : [];

function parseType({ value }: Document): Parsed {
  const parsed = resourceTypeShape.safeParse(value);
  if (!parsed.success) return { findings: parsed.error.issues.flatMap(explain) };
  const { id, name, description, endpoint, schema, schemaExtensions } = parsed.data;
  const isOther = id !== undefined && id !== null && id !== name;
  return {
    findings: isOther ? [{ path: ['id'], message: 'must be the same as the name, or left out' }] : [],
    type: { name, description: description ?? '', endpoint, schema, extensions: schemaExtensions ?? [] },
  };
}

function explain(issue: z.core.$ZodIssue): readonly Finding[] {
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
  return issue.keys.map((key) => ({ path, message: `knows no key${quoted(key) || ' of this name'}${knownWords(key, keysAt(path))}` }));
}

/** What may stand where an unknown key was found. */
function keysAt(path: Finding['path']): readonly string[] {
  if (path.length === 0) return [...new Set<string>([...keysOf('schema'), ...keysOf('resourceType')])];
  return keysOf(path[0] === 'schemaExtensions' ? 'extension' : 'attribute');
}
