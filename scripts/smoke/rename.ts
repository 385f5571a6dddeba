import type { Conversation } from '../../test/support/conversation-file.ts';

/** Attributes whose values are unique in a tenant, or name what a person of the tenant would see. */
const NAMING = new Set(['userName', 'displayName']);

/** Entra ID puts 32 hexadecimal digits before the name of a deleted user; a prefix before these would hide them. */
const DELETED_MARK = /^[0-9a-f]{32}/i;

/**
 * Puts `prefix` before every name that a conversation gives to a user or a group, wherever it sends, seeks or expects it, so
 * that it meets nobody of the tenant. What comes last in a name, and what is in its middle, stays where filters look for it.
 */
export function rename(conversation: Conversation, prefix: string): Conversation {
  const names = namesIn(conversation);
  const { exchanges, given } = conversation;
  const inText = (text: string): string => renameInText(text, names, prefix);
  return {
    ...conversation,
    ...(given !== undefined && { given: given.map((each) => ({ ...each, resource: mapTexts(each.resource, inText) })) }),
    exchanges: mapTexts(exchanges, inText),
  };
}

/** In lower case, because servers and clients differ in the case they use. */
function namesIn({ given = [], exchanges }: Conversation): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    const entries = Object.entries(part);
    const path = String(Reflect.get(part, 'path') ?? '');
    for (const [key, value] of entries) {
      const names = NAMING.has(key) || (key === 'value' && NAMING.has(path));
      if (typeof value === 'string' && names) found.add(value.toLowerCase());
      look(value);
    }
  };
  look(given);
  for (const { request } of exchanges) {
    look(request.body);
    look(parsed(request.text));
    for (const [, name = ''] of (request.query?.['filter'] ?? '').matchAll(SOUGHT)) found.add(name.toLowerCase());
  }
  found.delete('');
  return found;
}

/** A name that is sought whole or by how it begins. */
const SOUGHT = /\b(?:userName|displayName)\s+(?:eq|ne|sw|g[te]|l[te])\s+"([^"\\]+)"/gi;

function renameInText(text: string, names: ReadonlySet<string>, prefix: string): string {
  const renamed = (name: string): string => {
    const mark = DELETED_MARK.exec(name)?.[0] ?? '';
    return `${mark}${prefix}${name.slice(mark.length)}`;
  };
  const isName = (part: string): boolean => names.has(part.toLowerCase());
  if (isName(text)) return renamed(text);
  return text
    .replace(/"([^"\\]+)"/g, (whole, part: string) => (isName(part) ? `"${renamed(part)}"` : whole))
    .replace(/%22(.+?)%22/gi, (whole, part: string) =>
      isName(decoded(part)) ? `%22${encodeURIComponent(renamed(decoded(part)))}%22` : whole,
    );
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function mapTexts<Value>(value: Value, change: (text: string) => string): Value {
  return JSON.parse(JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? change(part) : part)));
}
