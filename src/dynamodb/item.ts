import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { isObject, type JsonObject } from '../scim/json.ts';

/**
 * The attributes of one item, as we keep them: text and numbers only.
 *
 * A document (a resource's attributes, its last change) is one JSON text: fewer bytes than a map, so fewer units, and
 * every number comes back as it was. An attribute that is undefined is not written.
 */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

export type Item = Record<string, AttributeValue>;

/** An item that is not as this code writes it: another program's, or a bug of ours. */
export class MalformedItem extends TypeError {
  override readonly name = 'MalformedItem';
}

export const marshalValue = (value: string | number): AttributeValue => (typeof value === 'number' ? { N: String(value) } : { S: value });

export function marshal(attributes: Attributes): Item {
  const item: Item = {};
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) item[name] = marshalValue(value);
  return item;
}

/** Reads an item's texts and numbers; other types are none of ours and are left out. */
export function unmarshal(item: Readonly<Item>): Attributes {
  const attributes: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(item)) {
    if (value.S !== undefined) attributes[name] = value.S;
    else if (value.N !== undefined) attributes[name] = Number(value.N);
  }
  return attributes;
}

const malformed = (from: Attributes, name: string): MalformedItem =>
  new MalformedItem(`the item at ${String(from['pk']).split('#', 1)[0]} has no usable "${name}"`);

export function text(from: Attributes, name: string): string {
  const value = from[name];
  if (typeof value !== 'string') throw malformed(from, name);
  return value;
}

export function number(from: Attributes, name: string): number {
  const value = from[name];
  if (typeof value !== 'number') throw malformed(from, name);
  return value;
}

export function optionalText(from: Attributes, name: string): string | undefined {
  return from[name] === undefined ? undefined : text(from, name);
}

export function optionalNumber(from: Attributes, name: string): number | undefined {
  return from[name] === undefined ? undefined : number(from, name);
}

export function document(from: Attributes, name: string): JsonObject {
  const value: unknown = JSON.parse(text(from, name));
  if (!isObject(value)) throw malformed(from, name);
  return value;
}
