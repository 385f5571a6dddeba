import * as z from 'zod/mini';
import { listedIpRangesSchema } from '../../../../src/access/ip-administration.ts';
import { askAdmin } from '../../../ask-admin.ts';
import { defineCommand } from '../../../command.ts';
import { targetOf } from '../../../target.ts';
import { IP_FLAGS, ipOptions } from './options.ts';

export const appIpList = defineCommand({
  name: 'app ip list',
  summary: 'List the addresses and ranges that an application takes requests from.',
  flags: IP_FLAGS,
  examples: ['scim app ip list --local', 'scim app ip list --tenant example --app iprova --json'],
  options: z.object(ipOptions),
  run: async ({ json, by, app: application, ...target }, terminal) => {
    const request = { act: 'app.ip.list', by: by ?? terminal.userName, application } as const;
    const { result } = await askAdmin({ target: targetOf(target, terminal), request, expect: listedIpRangesSchema }, terminal);
    if (json) terminal.print(JSON.stringify(result));
    else if (result.ipRanges.length === 0) terminal.say(`Application ${result.application} takes requests from everywhere.`);
    else result.ipRanges.forEach(terminal.print);
  },
});
