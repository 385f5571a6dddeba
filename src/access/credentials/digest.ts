import { createHash, timingSafeEqual } from 'node:crypto';

export const digest = (secret: string): Buffer => createHash('sha256').update(secret, 'utf8').digest();

export const hashOf = (secret: string): string => digest(secret).toString('hex');

/** Compares a digest with one that rests in hex, in constant time. */
export const isDigest = (candidate: Buffer, hash: string): boolean => timingSafeEqual(candidate, Buffer.from(hash, 'hex'));
