import { policySchema } from '../../src/access/policy.ts';
import type { RequestContext } from '../../src/directory/context.ts';
import { aCall } from './store-call.ts';

/** A request of an application with the usual policy. */
export const aContext = (overrides: Partial<RequestContext> = {}): RequestContext => ({
  ...aCall(),
  principal: { application: 'default', credential: 'credential-1', scope: 'full' },
  policy: policySchema.parse({}),
  now: new Date(),
  baseUrl: 'https://scim.example.com',
  ...overrides,
});
