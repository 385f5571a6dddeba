import * as z from 'zod/mini';
import { lazily } from '../../scim/lazily.ts';
import { isWellFormedToken } from '../token.ts';
import { common, sha256Hex } from './common.ts';
import { digest, isDigest } from './digest.ts';
import type { Recognise } from './recognise.ts';

/** A bearer token at rest. 256 random bits need no salt and no slow hash. */
export const tokenSchema = lazily(() =>
  z.object({
    ...common(),
    kind: z.literal('token'),
    hash: sha256Hex(),
    /** The token itself, only where the application lets it be shown again. */
    value: z.optional(z.string()),
  }),
);

export const recogniseToken: Recognise<z.output<ReturnType<typeof tokenSchema>>> = (presented) => {
  if (!isWellFormedToken(presented)) return undefined;
  const candidate = digest(presented);
  return async (tokens) => tokens.filter(({ hash }) => isDigest(candidate, hash));
};
