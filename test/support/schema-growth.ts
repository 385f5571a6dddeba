import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';

const objectSchema = z.object({ properties: z.record(z.string(), z.record(z.string(), z.unknown())), required: z.array(z.string()) });
const unionSchema = z.object({ oneOf: z.array(objectSchema) });
const typeSchema = z.union([z.object({ const: z.string() }), z.object({ enum: z.array(z.string()) })]);

type Form = z.output<typeof objectSchema>;

/** Says what a program that was built on one JSON Schema of events can no longer rely on by another. */
export function lostBetween(released: unknown, current: unknown): readonly string[] {
  const now = formsIn(current);
  return [...formsIn(released)].flatMap(([type, before]) => {
    const after = now.get(type);
    return after === undefined ? [`${type} is gone`] : lostOf(before, after).map((what) => `${type}: ${what}`);
  });
}

function lostOf(before: Form, after: Form): readonly string[] {
  const ofProperties = Object.entries(before.properties).flatMap(([name, value]) => {
    const now = after.properties[name];
    if (now === undefined) return [`${name} is gone`];
    return name === 'type' || isDeepStrictEqual(meaningOf(value), meaningOf(now)) ? [] : [`${name} is of another form`];
  });
  const noLonger = before.required.filter((name) => !after.required.includes(name));
  return [...ofProperties, ...noLonger.map((name) => `${name} is no longer certain`)];
}

/** The words may change. */
const meaningOf = ({ description: _, ...meaning }: Readonly<Record<string, unknown>>) => meaning;

function formsIn(schema: unknown): ReadonlyMap<string, Form> {
  return new Map(unionSchema.parse(schema).oneOf.flatMap((form) => typesOf(form).map((type) => [type, form])));
}

function typesOf({ properties }: Form): readonly string[] {
  const type = typeSchema.parse(properties['type']);
  return 'const' in type ? [type.const] : type.enum;
}
