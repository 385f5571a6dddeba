import type { TOKEN_ACTS } from '../../../src/access/acts/token-acts.ts';
import { listTokens } from '../../../src/access/credentials/administer/list-credentials.ts';
import { createToken, revokeToken, rotateToken, showToken } from '../../../src/access/credentials/administer/tokens.ts';
import type { Performers } from './performer.ts';

export const TOKEN_PERFORMERS: Performers<keyof typeof TOKEN_ACTS> = {
  'token.create': ({ administration }, asked, call) => createToken(administration, asked, call),
  'token.list': ({ administration }, asked, call) => listTokens(administration, asked, call),
  'token.show': ({ administration }, asked) => showToken(administration, asked),
  'token.rotate': ({ administration }, asked, call) => rotateToken(administration, asked, call),
  'token.revoke': ({ administration }, asked) => revokeToken(administration, asked),
};
