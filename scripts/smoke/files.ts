import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Conversation, conversationSchema } from '../../test/support/conversation-file.ts';

const FOLDER = fileURLToPath(new URL('../../test/conversations', import.meta.url));

/** A conversation, and the name by which people speak of it: `entra/01-test-connection`. */
export type Named = { readonly name: string; readonly conversation: Conversation };

/** Reads every conversation, in the order of the names. */
export const readConversations = (): readonly Named[] =>
  readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .sort()
    .map((path) => ({
      name: path.replace(/\.json$/, ''),
      conversation: conversationSchema.parse(JSON.parse(readFileSync(join(FOLDER, path), 'utf8'))),
    }));
