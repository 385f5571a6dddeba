import * as z from 'zod/mini';
import type { JsonObject } from '../../json.ts';
import { lazily } from '../../lazily.ts';
import { type Attribute, attribute } from '../attribute.ts';
import type { Schema } from '../resource-type.ts';
import { type Customization, MATCHING_STATES } from './customization.ts';
import { toSchema } from './parse.ts';
import { schemaShape } from './shape.ts';

/** Writes a customization down so that `readCustomization` gives it back; what has its default is left out, for the table pays by the byte. */
export const printCustomization = ({ schemas, types, removed, onceUnique, matching }: Customization): string =>
  JSON.stringify({ schemas: schemas.map(printSchema), types, removed, onceUnique, ...(matching.length > 0 && { matching }) });

const printSchema = ({ attributes, ...about }: Schema): JsonObject => ({ ...about, attributes: attributes.map(printAttribute) });

function printAttribute({ subAttributes, maxBytes: _derived, ...characteristics }: Attribute): JsonObject {
  const usual: Readonly<Record<string, unknown>> = attribute(characteristics.name);
  const unusual = Object.entries(characteristics).filter(([key, value]) => key === 'name' || usual[key] !== value);
  return { ...Object.fromEntries(unusual), ...(subAttributes && { subAttributes: subAttributes.map(printAttribute) }) };
}

const customizationShape = lazily(() => {
  const extensionUse = z.object({ schema: z.string(), required: z.boolean() });
  return z.object({
    schemas: z.array(schemaShape),
    types: z.array(
      z.object({
        name: z.string(),
        own: z.optional(z.object({ description: z.string(), endpoint: z.string(), schema: z.string() })),
        extensions: z.array(extensionUse),
      }),
    ),
    removed: z.array(z.string()),
    onceUnique: z.array(z.string()),
    matching: z._default(
      z.array(z.object({ type: z.string(), path: z.string(), state: z.enum(MATCHING_STATES), revision: z.string() })),
      [],
    ),
  });
});

/** Reads what `printCustomization` wrote; undefined for anything else. It was judged before it was written, and is not judged again. */
export function readCustomization(text: string): Customization | undefined {
  const parsed = customizationShape().safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  const { schemas, types, removed, onceUnique, matching } = parsed.data;
  return {
    schemas: schemas.map(toSchema),
    types: types.map(({ own, ...type }) => ({ ...type, ...(own && { own }) })),
    removed,
    onceUnique,
    matching,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
