import * as z from 'zod';
import { isObject, type Json, type JsonObject } from '../../src/scim/json.ts';
import { mappingShape, SOURCES } from '../../src/scim/mapping/shape.ts';

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  target: 'The name the attribute goes by in the profile.',
  path: 'A SCIM path: userName, name.givenName, emails[type eq "work"].value, or the URN of an extension, a colon and its attribute.',
  firstOf: 'Paths of which the first that has a value counts.',
  join: 'Paths whose values are joined; those that have none are left out.',
  separator: 'What stands between the values that are joined; a blank unless given.',
  constant: 'The value, whatever the resource.',
  all: 'Take every value of the path, as a list; else it is one, the primary one or else the first.',
  transforms: 'What is done to each text, one after another.',
  default: 'The value where there is none.',
};

/** Renders what an editor knows of mapping files; what a path means is judged by the command. */
export function renderMappingSchema(): string {
  const { additionalProperties: list, ...whole } = asObject(z.toJSONSchema(mappingShape, { io: 'input' }));
  const { propertyNames: _any, ...record } = whole;
  const hint = { type: 'string', description: 'Where an editor finds this schema.' };
  const schema = { ...record, title: 'Attribute mapping', properties: { $schema: hint }, additionalProperties: described(asObject(list)) };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function described(list: JsonObject): JsonObject {
  const entry = asObject(list['items']);
  const properties = Object.entries(asObject(entry['properties'])).map(([name, value]) => [
    name,
    { description: DESCRIPTIONS[name] ?? '', ...asObject(value) },
  ]);
  const items = { ...entry, properties: Object.fromEntries(properties), oneOf: SOURCES.map((source) => ({ required: [source] })) };
  return { ...list, description: 'The attributes of one resource type, by its name.', items };
}

/** `readOnly` is said of what programs do not change; people who write a file may. */
function asObject(value: unknown): JsonObject {
  const plain: Json = JSON.parse(JSON.stringify(value ?? null, (name, part) => (name === 'readOnly' ? undefined : part)));
  if (isObject(plain)) return plain;
  throw new TypeError('the JSON Schema of mappings has changed its form');
}
