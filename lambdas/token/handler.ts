import '../../src/runtime/harden.ts';
import { tokenServices } from '../../src/runtime/token-services.ts';
import { tokenHandler } from './token-handler.ts';

/** The token endpoint (RFC 6749 §3.2): the one that is asked without a bearer token, and the one that speaks no SCIM. */
export const handler = tokenHandler(tokenServices());
