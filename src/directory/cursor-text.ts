import type * as z from 'zod/mini';

/** A cursor as a client keeps it and sends it back: in an address as it is. */
export const cursorText = (content: object): string => Buffer.from(JSON.stringify(content)).toString('base64url');

/** Reads a cursor; undefined where the text is none of this shape. */
export function readCursor<Shape extends z.core.$ZodType & z.ZodMiniType>(shape: Shape, text: string, longest: number) {
  if (text.length > longest || !/^[\w-]+$/.test(text)) return undefined;
  const parsed = shape.safeParse(parseJson(Buffer.from(text, 'base64url').toString('utf8')));
  return parsed.success ? parsed.data : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
