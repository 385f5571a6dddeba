import * as z from 'zod/mini';
import { isObject, type Json } from '../scim/json.ts';
import { type Credential, parseCredential } from './credentials/credential.ts';

/** The tenant's credentials. */
export type CredentialList = {
  readonly credentials: readonly Credential[];
  /**
   * Entries this version cannot read, of a later kind or damaged. Nobody is let in by one, but a change of the list
   * carries them along, so that an older version never deletes what a newer one wrote.
   */
  readonly unreadable: readonly Json[];
  /** By which identifiers are hashed for the log: base64url; a tenant that never wanted it has none. */
  readonly identifierKey?: string;
};

export const EMPTY_LIST: CredentialList = { credentials: [], unreadable: [] };

/** The vault holds something that is no list of credentials. It never quotes what it found. */
export class UnreadableList extends Error {
  override readonly name = 'UnreadableList';
}

const documentSchema = z.object({ version: z.literal(1), credentials: z.array(z.custom<Json>()) });

/** @throws {UnreadableList} when the document as a whole is not one that this version writes. */
export function parseCredentialList(text: string): CredentialList {
  const document = documentSchema.safeParse(parseJson(text));
  if (!document.success) throw new UnreadableList('The secret holds no list of credentials of version 1.');
  const credentials: Credential[] = [];
  const unreadable: Json[] = [];
  let identifierKey: string | undefined;
  for (const entry of document.data.credentials) {
    const credential = parseCredential(entry);
    const key = credential ? undefined : keyIn(entry);
    if (credential) credentials.push(credential);
    else if (key === undefined) unreadable.push(entry);
    else identifierKey = key;
  }
  return { credentials, unreadable, ...(identifierKey !== undefined && { identifierKey }) };
}

/** An entry like any other, so that a version that does not know it carries it along. */
const KEY_KIND = 'identifier-key';

function keyIn(entry: Json): string | undefined {
  const { kind, key } = isObject(entry) ? entry : {};
  return kind === KEY_KIND && typeof key === 'string' && /^[\w-]{43}$/.test(key) ? key : undefined;
}

export function printCredentialList({ credentials, unreadable, identifierKey: key }: CredentialList): string {
  const ofKey = key === undefined ? [] : [{ id: KEY_KIND, kind: KEY_KIND, key }];
  return JSON.stringify({ version: 1, credentials: [...credentials, ...unreadable, ...ofKey] });
}

/** Says of an entry that cannot be read what it claims to be, unless that is too long to be anything but a secret in the wrong place. */
export function describeUnreadable(entry: Json): { readonly id: string; readonly kind: string } {
  const { id, kind } = isObject(entry) ? entry : {};
  return { id: plainWord(id), kind: plainWord(kind) };
}

const plainWord = (value: Json | undefined): string => (typeof value === 'string' && /^[\w.-]{1,40}$/.test(value) ? value : 'unknown');

/** JSON.parse quotes the text in its error, and this text is a secret. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
