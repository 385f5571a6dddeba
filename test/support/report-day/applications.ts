import type { JsonObject } from '../../../src/scim/json.ts';

type Settings = { readonly policy: JsonObject };

/** The applications of the day: for each thing a policy can make of a request there is one. */
export const APPLICATIONS = {
  entra: { policy: {} },
  okta: { policy: {} },
  deleting: { policy: { deleteDeactivatedUsers: 'on' } },
  keeping: { policy: { deleteDeactivatedUsers: 'off' } },
  ignoring: { policy: { features: { update: 'ignore', remove: 'ignore' } } },
  refusing: { policy: { features: { update: 'refuse', remove: 'refuse' } } },
  elsewhere: { policy: { ipRanges: ['203.0.113.0/24'] } },
  full: { policy: { maxActiveUsers: 0 } },
  braked: { policy: { maxRemovalsPerHour: 2 } },
  broken: { policy: {} },
  throttled: { policy: {} },
} as const satisfies Readonly<Record<string, Settings>>;

export type ApplicationName = keyof typeof APPLICATIONS;
