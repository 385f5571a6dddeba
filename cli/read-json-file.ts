import type { Json } from '../src/scim/json.ts';
import { UsageError } from './command.ts';
import type { Terminal } from './terminal.ts';

const BYTE_ORDER_MARK = '\ufeff';

/** @throws {UsageError} saying where the file breaks off, or why it cannot be read */
export async function readJsonFile(path: string, { readFile }: Pick<Terminal, 'readFile'>): Promise<Json> {
  const text = await readFile(path).catch((cause: unknown) => {
    throw new UsageError(`${path} cannot be read${reasonOf(cause)}.`, { cause });
  });
  const json = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new UsageError(`${path} is no valid JSON${placeOf(json, cause)}.`, { cause });
  }
}

const reasonOf = (cause: unknown): string =>
  typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'ENOENT' ? ': there is no such file' : '';

/** JSON.parse counts characters; people count lines. It names no position where the text ends too early. */
function placeOf(text: string, cause: unknown): string {
  const position = /at position (\d+)/.exec(String(cause))?.[1];
  if (position === undefined) return ': it breaks off, is empty, or is something else';
  const before = text.slice(0, Number(position)).split('\n');
  return `: something is wrong at line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}
