import type { Serve } from './exchange.ts';

/**
 * Leads from other spellings of `/events`, with a slash or a blank too many, to the one that its function is behind
 * (RFC 7644 §3.12): what it takes to answer would not fit in here as well.
 */
export const redirectEvents: Serve = ({ target, parameters, context: { baseUrl } }) => {
  if (target.kind !== 'events') return undefined;
  const query = new URLSearchParams([...parameters]).toString();
  return Promise.resolve({ status: 308, headers: { Location: `${baseUrl}/events${query && `?${query}`}` } });
};
