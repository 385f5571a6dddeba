import { checkedServiceSchema } from '../../../../src/directory/service/answers.ts';
import type { AdminTarget } from '../../../../src/runtime/admin-client.ts';
import { askAdmin } from '../../../ask-admin.ts';
import type { Terminal } from '../../../terminal.ts';
import type { Learning, Learnt } from './tenant-status.ts';

/** Asks AWS and the tenant's own admin function; what cannot be asked keeps nothing else from being learnt. */
export async function learnDeployed(tenant: string, by: string, terminal: Terminal): Promise<Learning> {
  const stackName = `scim-${tenant}`;
  const stack = await attempt(terminal.fleet.readStack(stackName));
  const isThere = 'value' in stack && stack.value !== undefined;
  if (!isThere) return { tenant, stackName, stack, alarms: undefined, service: undefined };
  const [alarms, service] = await Promise.all([
    attempt(terminal.fleet.readRaisedAlarms(stackName)),
    attempt(checkService({ kind: 'deployed', stackName }, by, terminal)),
  ]);
  return { tenant, stackName, stack, alarms, service };
}

export async function learnLocal(target: AdminTarget, by: string, terminal: Terminal): Promise<Learning> {
  const service = await attempt(checkService(target, by, terminal));
  return { tenant: '(this machine)', stackName: undefined, stack: undefined, alarms: undefined, service };
}

async function checkService(target: AdminTarget, by: string, terminal: Terminal) {
  const request = { act: 'service.check', by } as const;
  return (await askAdmin({ target, request, expect: checkedServiceSchema }, terminal)).result;
}

/** A tenant that fails in a way nobody foresaw must not hide how the others are. */
const attempt = <Value>(asked: Promise<Value>): Promise<Learnt<Value>> =>
  asked.then(
    (value) => ({ value }),
    (error: unknown) => ({ reason: error instanceof Error ? error.message : String(error) }),
  );
