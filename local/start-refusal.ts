/** A reason not to start that the person at the terminal can act on: printed as it is, without a stack. */
export class StartRefusal extends Error {
  override readonly name = 'StartRefusal';
}

/** The `code` of a system error (`ENOENT`), if `error` is one. */
export const systemCode = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
