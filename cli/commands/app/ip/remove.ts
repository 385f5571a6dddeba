import * as z from 'zod/mini';
import { defineCommand } from '../../../command.ts';
import { IP_CHANGE_FLAGS, ipChangeOptions } from './options.ts';
import { sendChange } from './send-change.ts';

export const appIpRemove = defineCommand({
  name: 'app ip remove',
  summary: 'Take addresses out of those that an application takes requests from.',
  argument: { name: 'ranges', summary: 'IPv4 or IPv6 addresses, or ranges in CIDR notation, with commas between them' },
  flags: IP_CHANGE_FLAGS,
  examples: ['scim app ip remove 203.0.113.7 --local', 'scim app ip remove 203.0.113.0/24,2001:db8::/48 --tenant example --dry-run'],
  options: z.object({ ...ipChangeOptions, ranges: z.string() }),
  run: ({ ranges, ...options }, terminal) => sendChange('app.ip.remove', { ...options, ranges: ranges.split(',') }, terminal),
});
