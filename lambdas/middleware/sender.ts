import { requireAdmitted } from '../../src/access/ip-gate.ts';
import type { Policy } from '../../src/access/policy.ts';
import type { Exchange, ScimEvent } from './exchange.ts';

/**
 * Says on the line where a refused request came from: whoever adds a range has to know.
 *
 * @throws {ScimError} addressNotAllowed
 */
export function requireSender(policy: Policy, { requestContext: { identity } }: ScimEvent, { line }: Pick<Exchange, 'line'>): void {
  try {
    requireAdmitted(policy, identity.sourceIp);
  } catch (error) {
    line.sourceIp = identity.sourceIp;
    throw error;
  }
}
