import type { LeftOut } from '../smoke/left-out.ts';

/** Conversations that the emulator's gateway cannot carry. */
export const NOT_HERE: readonly LeftOut[] = [];
