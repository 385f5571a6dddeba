import * as z from 'zod/mini';
import { CannotRun } from '../python/cannot-run.ts';
import type { Administration } from './administration.ts';
import { type Named, readConversations } from './files.ts';
import { LEFT_OUT } from './left-out.ts';

export type Chosen = {
  readonly played: readonly Named[];
  readonly leftOut: readonly { readonly conversation: string; readonly reason: string }[];
};

const schemasSchema = z.object({ schemas: z.array(z.object({ id: z.string() })) });

/** The schemas that conversations need, by the files of them. */
const NEEDED = new Map([['infor-user.json', 'urn:ietf:params:scim:schemas:extension:infor:2.0:User']]);

/**
 * Chooses what can be said to the tenant: a schema that it has not is not applied for this.
 *
 * @throws {CannotRun} no conversation is called so
 */
export async function choose({ ask }: Administration, only: readonly string[]): Promise<Chosen> {
  const named = readConversations().filter(({ name }) => only.length === 0 || only.some((part) => name.includes(part)));
  if (named.length === 0) throw new CannotRun(`No conversation has ${only.join(' or ')} in its name: see test/conversations.`);
  const { schemas } = await ask({ request: { act: 'schema.list' }, expect: schemasSchema });
  const known = new Set(schemas.map(({ id }) => id));
  const reasonFor = ({ name, conversation }: Named): string | undefined => {
    const missing = (conversation.schemas ?? []).map((file) => NEEDED.get(file) ?? file).find((id) => !known.has(id));
    if (missing !== undefined) return `the tenant does not have the schema ${missing}`;
    return LEFT_OUT.find(({ conversation: left }) => left === name)?.reason;
  };
  const judged = named.map((each) => ({ each, reason: reasonFor(each) }));
  return {
    played: judged.filter(({ reason }) => reason === undefined).map(({ each }) => each),
    leftOut: judged.flatMap(({ each, reason }) => (reason === undefined ? [] : [{ conversation: each.name, reason }])),
  };
}
