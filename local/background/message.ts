import { createHash } from 'node:crypto';

/** A message of a queue. */
export type Message = { readonly id: string; readonly body: string; readonly delaySeconds: number };

/** Digest of a body, which the SDK compares with what it has sent or received. */
export const md5 = (body: string): string => createHash('md5').update(body, 'utf8').digest('hex');
