/** Bounds how long a changed setting of the tenant takes to be followed by every function. */
export const FRESH_MS = 30_000;
