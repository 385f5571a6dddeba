/** A conversation that is not replayed, and what looks after it then. */
export type LeftOut = {
  /** Its name, as `entra/01-test-connection`. */
  readonly conversation: string;
  readonly reason: string;
  /** A test of the repository that covers it. */
  readonly coveredBy: string;
};

/** In a tenant in use, where an application sees only what it created and every name has a prefix. */
export const LEFT_OUT: readonly LeftOut[] = ['rfc/30-cursor', 'rfc/32-cursor-by-post'].map((conversation) => ({
  conversation,
  reason: 'to an application that sees only what it created, a page by cursor tells no total and may be short',
  coveredBy: 'test/conversations/conversations.test.ts',
}));
