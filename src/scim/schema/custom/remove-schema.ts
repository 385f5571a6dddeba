import type { Registry, Schema } from '../resource-type.ts';
import { schemasOf } from './build-registry.ts';
import { type Customization, isSameName } from './customization.ts';
import { refusal } from './document.ts';
import { knownWords } from './known-words.ts';
import { isUsed } from './place-schemas.ts';

/**
 * Takes a schema away: an extension from all that have it; with the schema of a resource type, the type, and the
 * extensions that only it had.
 *
 * @throws {ScimError} invalidValue — it is built in, or there is none
 */
export function removeSchema(builtIn: Registry, current: Customization, urn: string): Customization {
  const schema = current.schemas.find(({ id }) => isSameName(id, urn));
  if (schema === undefined) throw refusal([noSuchSchema(builtIn, current, urn)]);
  const left: Customization = {
    ...current,
    schemas: current.schemas.filter(({ id }) => id !== schema.id),
    types: current.types
      .filter(({ own }) => own?.schema !== schema.id)
      .map((type) => ({ ...type, extensions: type.extensions.filter((use) => use.schema !== schema.id) }))
      .filter(({ own, extensions }) => own !== undefined || extensions.length > 0),
  };
  const isLeft = (candidate: Schema): boolean => isUsed(left, candidate);
  return { ...left, schemas: left.schemas.filter(isLeft) };
}

function noSuchSchema(builtIn: Registry, { schemas }: Customization, urn: string): string {
  if (schemasOf(builtIn).some(({ id }) => isSameName(id, urn))) return `${urn} is built in and cannot be removed.`;
  const known = schemas.map(({ id }) => id);
  return known.length === 0 ? 'There is no such schema: none has been applied.' : `There is no such schema${knownWords(urn, known)}`;
}
