import { ScimError } from './errors.ts';
import { isObject, type JsonObject } from './json.ts';

/** A SCIM resource nests five deep. JSON.parse itself would take a million levels, and what walks the result would not. */
export const MAX_BODY_DEPTH = 32;

/** 1 MiB holds about 10,000 members; API Gateway itself refuses past 10 MB. */
export const MAX_BODY_BYTES = 1024 * 1024;

const BYTE_ORDER_MARK = '\ufeff';

/**
 * Parses the body of a request.
 *
 * What a refusal says never repeats the body, which may hold anything.
 *
 * @throws {ScimError} invalidSyntax — no JSON, no object, or nested too deep
 */
export function parseJsonBody(text: string): JsonObject {
  const json = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  if (json.trim() === '') throw new ScimError('invalidSyntax', 'The request has no body; send a JSON object.');
  refuseDeepNesting(json);
  const body = parse(json);
  if (!isObject(body)) throw new ScimError('invalidSyntax', 'The body must be a JSON object.');
  return body;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    const position = /at position (\d+)/.exec(String(cause))?.[1];
    const where = position === undefined ? '' : ` at character ${position}`;
    throw new ScimError('invalidSyntax', `The body is no valid JSON: it breaks off or is malformed${where}.`);
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Counts brackets outside strings before anything is built, one look at each character. */
function refuseDeepNesting(json: string): void {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (inString) {
      if (code === BACKSLASH) at += 1;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else depth += nesting(code);
    if (depth > MAX_BODY_DEPTH) throw new ScimError('invalidSyntax', `The body nests deeper than ${MAX_BODY_DEPTH} levels.`);
  }
}

/** `[` and `{` open a level, `]` and `}` close one: their codes differ in one bit from each other. */
const nesting = (code: number): number => {
  if (code === 0x5b || code === 0x7b) return 1;
  return code === 0x5d || code === 0x7d ? -1 : 0;
};
