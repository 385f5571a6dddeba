import type { TOKEN_ACTS } from '../../../src/access/acts/token-acts.ts';
import { createToken, listTokens, revokeToken } from '../../../src/access/administration.ts';
import type { Performers } from './performer.ts';

export const TOKEN_PERFORMERS: Performers<keyof typeof TOKEN_ACTS> = {
  'token.create': ({ administration }, asked, call) => createToken(administration, asked, call),
  'token.list': ({ administration }, asked) => listTokens(administration, asked),
  'token.revoke': ({ administration }, asked) => revokeToken(administration, asked),
};
