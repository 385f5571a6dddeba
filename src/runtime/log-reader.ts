import { dirname, join } from 'node:path';
import type { TenantLog } from '../audit/tenant-log.ts';
import type { AdminTarget } from './admin-client.ts';
import { openLocalLog } from './local-log.ts';

export type OpenLog = (target: AdminTarget, signal: AbortSignal) => Promise<TenantLog>;

/**
 * Opens the log of whichever system is meant; the signal cancels what is being read.
 *
 * The AWS SDK is loaded only where it is needed: that takes longer than a local command runs.
 */
export const openLog: OpenLog = async (target, signal) => {
  if (target.kind === 'local') return openLocalLog(join(dirname(target.keyFile), 'scim.log'), signal);
  const { openDeployedLog } = await import('../aws/insights-log.ts');
  return openDeployedLog(target.stackName, signal);
};
