import { renderSchema } from '../../discovery.ts';
import { isObject, type JsonObject } from '../../json.ts';
import { same } from '../../same.ts';
import type { Registry, Schema } from '../resource-type.ts';
import { buildRegistry, schemasOf } from './build-registry.ts';
import { type Customization, isSameName } from './customization.ts';
import { refusal } from './document.ts';
import type { SchemaFile, Stated } from './parse.ts';
import { isUsed, type Placing, placeSchemas } from './place-schemas.ts';
import { stateTypes } from './state-types.ts';

/**
 * Adds what a file holds to a customization, or puts it in the place of what is there by the same name. Nothing else is
 * taken away: an extension that a stated resource type leaves out stays.
 *
 * @throws {ScimError} invalidValue — it contradicts what is built in, or leaves open what a schema is for
 */
export function applyFile(builtIn: Registry, current: Customization, file: SchemaFile, placing: Placing): Customization {
  const registry = buildRegistry(builtIn, current);
  const isPassedOver = ({ part, document }: Stated<Schema>): boolean =>
    isBuiltIn(builtIn, part) && isUnchanged(registry, part, document.value);
  const own = file.schemas.filter((stated) => !isPassedOver(stated));
  const mistakes = own.flatMap(({ part }) => [...builtInFault(builtIn, part), ...spellingFault(current, part), ...repeated(own, part)]);
  if (mistakes.length > 0) throw refusal([...new Set(mistakes)]);
  const schemas = own.reduce((all, { part }) => replaceSchema(all, part), current.schemas);
  const stated = stateTypes(
    builtIn,
    { ...current, schemas },
    file.types.map(({ part }) => part),
  );
  const placed = placeSchemas(
    builtIn,
    stated,
    own.map(({ part }) => part),
    placing,
  );
  return { ...placed, schemas: placed.schemas.filter((schema) => isUsed(placed, schema)) };
}

function replaceSchema(schemas: readonly Schema[], schema: Schema): readonly Schema[] {
  const isKnown = schemas.some(({ id }) => id === schema.id);
  return isKnown ? schemas.map((known) => (known.id === schema.id ? schema : known)) : [...schemas, schema];
}

/** A list taken from /Schemas holds the built-in ones too; as they are, they are passed over. */
function isUnchanged(registry: Registry, { id }: Schema, value: unknown): boolean {
  const known = schemasOf(registry).find((schema) => schema.id === id);
  return known !== undefined && isObject(value) && same(contentOf(renderSchema(known, '')), contentOf(value));
}

const contentOf = ({ meta: _place, schemas: _kind, ...content }: JsonObject): JsonObject => content;

const isBuiltIn = (builtIn: Registry, { id }: Schema): boolean => schemasOf(builtIn).some((schema) => isSameName(schema.id, id));

const builtInFault = (builtIn: Registry, schema: Schema): readonly string[] =>
  isBuiltIn(builtIn, schema)
    ? [`${schema.id} is built in and stays as it is: take it out of the file, and add attributes by an extension of your own.`]
    : [];

const spellingFault = ({ schemas }: Customization, { id }: Schema): readonly string[] =>
  schemas
    .filter((known) => known.id !== id && isSameName(known.id, id))
    .map((known) => `${id} was applied as ${known.id}: write it like that.`);

const repeated = (all: readonly Stated<Schema>[], { id }: Schema): readonly string[] =>
  all.filter(({ part }) => isSameName(part.id, id)).length > 1 ? [`${id} is in the file more than once; keep one of them.`] : [];
