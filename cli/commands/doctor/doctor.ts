import * as z from 'zod/mini';
import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import { checkedServiceSchema } from '../../../src/directory/service/answers.ts';
import { askAdmin } from '../../ask-admin.ts';
import { cancellable } from '../../cancellable.ts';
import { defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { describeFindings } from './finding.ts';
import { judgeEndpoint, probe } from './judge-endpoint.ts';
import { judgeLog } from './judge-log.ts';
import { judgeService } from './judge-service.ts';

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'Look whether a tenant is well, and say what to do about what is not; the exit code is 1 when something is wrong.',
  flags: ADMIN_FLAGS,
  examples: ['scim doctor --local', 'scim doctor --tenant example --json'],
  options: z.strictObject(adminOptions),
  run: async ({ json, by, ...options }, terminal) => {
    const target = targetOf(options, terminal);
    const request = { act: 'service.check', by: by ?? terminal.userName } as const;
    const { result, tenantUrl = result.url } = await askAdmin({ target, request, expect: checkedServiceSchema }, terminal);
    const now = terminal.now();
    const failing = await cancellable(terminal.onInterrupt, (signal) => judgeLog(() => terminal.openLog(target, signal), now));
    const endpoint = judgeEndpoint(tenantUrl, tenantUrl === undefined ? undefined : await probe(tenantUrl));
    const findings = [endpoint, ...judgeService(result, now), failing];
    (json ? [JSON.stringify({ findings })] : describeFindings(findings)).forEach(terminal.print);
    const count = findings.filter(({ verdict }) => verdict === 'wrong').length;
    if (count > 0) throw new AdminRefusal(count === 1 ? 'One thing is wrong.' : `${count} things are wrong.`);
  },
});
