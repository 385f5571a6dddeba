import type { AtRest } from './at-rest.ts';
import { metricHours } from './metric-hours.ts';
import { dollarsFor, type PriceName } from './prices.ts';
import { HOURS_A_MONTH, MODEL, type Traffic } from './traffic.ts';

/** One line of a month's bill. */
export type Line = { readonly item: string; readonly price: PriceName; readonly quantity: number; readonly dollars: number };

const GB = 1_024 ** 3;
const DAYS_A_MONTH = HOURS_A_MONTH / 24;
/** A unit reads so much of a table that may be as it was a moment ago. */
const SCAN_UNIT_BYTES = 2 * 4_096;

/** What a stack costs within a month of such traffic, free tiers left aside. */
export function estimate(atRest: AtRest, traffic: Traffic): readonly Line[] {
  return [
    ...standing(atRest),
    ...(atRest.isTenant ? [...daily(atRest, traffic), ...used(atRest, traffic), ...told(atRest, traffic)] : []),
  ].filter(({ quantity }) => quantity > 0);
}

export const totalOf = (lines: readonly Line[]): number => lines.reduce((total, { dollars }) => total + dollars, 0);

const line = (item: string, price: PriceName, quantity: number): Line => ({ item, price, quantity, dollars: dollarsFor(price, quantity) });

const standing = (atRest: AtRest): readonly Line[] => [
  line('alarms', 'alarmMonth', atRest.alarmMetrics),
  line('composite alarms', 'compositeAlarmMonth', atRest.compositeAlarms),
  line('dashboards', 'dashboardMonth', atRest.dashboards),
  line('secret', 'secretMonth', atRest.secrets),
  line('customer-managed keys', 'keyMonth', atRest.keys),
  line('web ACL', 'webAclMonth', atRest.webAcls),
  line('rules of the web ACL', 'webAclRuleMonth', atRest.webAclRules),
  line('Lambda asking queues for work', 'queueRequests', atRest.polledQueues * MODEL.pollersPerQueue * POLLS_A_MONTH),
  line('metrics of log filters', 'metricMonth', atRest.filteredMetrics),
];

const POLLS_A_MONTH = (HOURS_A_MONTH * 3_600) / MODEL.pollSeconds;

/** What the table holds is kept, backed up, and looked through once a day. */
function daily({ hasRecovery, retentionDays, eventRetentionDays }: AtRest, traffic: Traffic): readonly Line[] {
  const eventBytes = traffic.changes * MODEL.bytesPerEvent * (eventRetentionDays / DAYS_A_MONTH);
  const tableBytes = traffic.users * (MODEL.bytesPerUser + MODEL.groupsPerUser * MODEL.bytesPerMembership) + eventBytes;
  const streamLogBytes = traffic.changes * MODEL.streamInvocationsPerChange * MODEL.logBytesPerStreamInvocation;
  const logBytes = traffic.requests * MODEL.logBytesPerRequest + streamLogBytes + DAYS_A_MONTH * MODEL.logBytesPerDay;
  return [
    line('metrics of log lines', 'metricMonth', metricHours(traffic) / HOURS_A_MONTH),
    line('table', 'tableGbMonth', tableBytes / GB),
    line('point-in-time recovery', 'backupGbMonth', hasRecovery ? tableBytes / GB : 0),
    line('daily inspection', 'readUnits', (tableBytes / SCAN_UNIT_BYTES) * DAYS_A_MONTH),
    line('log, taken in', 'logIngestedGb', logBytes / GB),
    line('log, kept', 'logStoredGbMonth', (logBytes * (retentionDays / DAYS_A_MONTH)) / GB),
  ];
}

/** A change is told once it is committed: the stream's function writes it to the log, and then to the bus. */
function told({ memoryGb, hasEventBus }: AtRest, { changes }: Traffic): readonly Line[] {
  const invocations = changes * MODEL.streamInvocationsPerChange;
  return [
    line('events, invocations', 'functionRequests', invocations),
    line('events, time', 'functionGbSeconds', invocations * MODEL.streamSeconds * memoryGb),
    line('events, writes', 'writeUnits', changes * MODEL.eventWriteUnits),
    line('events, reads', 'readUnits', changes * MODEL.eventReadUnits),
    line('events on the bus', 'busEvents', hasEventBus ? changes : 0),
  ];
}

const used = ({ memoryGb, webAcls, keys }: AtRest, { requests, readUnits, writeUnits, cycles, leaves }: Traffic): readonly Line[] => [
  line('API Gateway', 'apiRequests', requests),
  line('Lambda, invocations', 'functionRequests', requests),
  line('Lambda, time', 'functionGbSeconds', requests * MODEL.functionSeconds * memoryGb),
  line('DynamoDB, writes', 'writeUnits', writeUnits),
  line('DynamoDB, reads', 'readUnits', readUnits),
  line('Secrets Manager, calls', 'secretCalls', cycles * MODEL.secretReadsPerCycle),
  line('SQS, work after removals', 'queueRequests', leaves * MODEL.queueRequestsPerLeave),
  line('KMS, calls', 'keyCalls', keys > 0 ? cycles * MODEL.keyCallsPerCycle : 0),
  line('requests judged by the web ACL', 'webAclRequests', webAcls > 0 ? requests : 0),
  line('answers', 'transferGb', (requests * MODEL.answerBytesPerRequest) / GB),
];
