import type { CheckedService } from '../../../../src/directory/service/answers.ts';
import type { DeployedStack, RaisedAlarm } from '../../../../src/runtime/fleet-client.ts';
import { expiresWithin } from '../../../expiry.ts';
import { judgeService } from '../../doctor/judge-service.ts';

/** What could be learnt, or why it could not. */
export type Learnt<Value> = { readonly value: Value } | { readonly reason: string };

/** What has been learnt of one tenant. */
export type Learning = {
  readonly tenant: string;
  /** Undefined for the one on this machine, which is in no stack. */
  readonly stackName: string | undefined;
  readonly stack: Learnt<DeployedStack | undefined> | undefined;
  readonly alarms: Learnt<readonly RaisedAlarm[]> | undefined;
  readonly service: Learnt<CheckedService> | undefined;
};

/** One tenant at a glance; what could not be learnt is null, and `attention` says why. */
export type TenantStatus = {
  readonly tenant: string;
  readonly stack: string | null;
  readonly state: string | null;
  readonly version: string | null;
  readonly tenantUrl: string | null;
  readonly lastRequest: string | null;
  readonly users: number | null;
  readonly activeUsers: number | null;
  readonly groups: number | null;
  readonly alarms: readonly string[] | null;
  /** How many credentials that are accepted expire within 30 days. */
  readonly expiring: number | null;
  /** What somebody has to see to. */
  readonly attention: readonly string[];
};

const SOON_DAYS = 30;

export function statusOf({ tenant, stackName, ...learnt }: Learning, now: Date): TenantStatus {
  const stack = known(learnt.stack);
  const service = known(learnt.service);
  return {
    tenant,
    stack: stackName ?? null,
    state: stack?.state ?? null,
    version: stack?.outputs.get('Version') ?? null,
    tenantUrl: stack?.outputs.get('TenantUrl') ?? service?.url ?? null,
    ...countsOf(service),
    alarms: known(learnt.alarms)?.map(({ name }) => name) ?? null,
    ...credentialsOf(service, now),
    attention: attentionOf({ tenant, stackName, ...learnt }, now),
  };
}

/** Of a file that no stack can be deployed from. */
export const faultyStatus = (tenant: string, fault: string): TenantStatus => ({
  ...statusOf({ tenant, stackName: undefined, stack: undefined, alarms: undefined, service: undefined }, new Date(0)),
  attention: [fault],
});

const known = <Value>(learnt: Learnt<Value> | undefined): Value | undefined =>
  learnt !== undefined && 'value' in learnt ? learnt.value : undefined;

const countsOf = (service: CheckedService | undefined) => ({
  users: service?.counts?.users ?? null,
  activeUsers: service?.counts?.activeUsers ?? null,
  groups: service?.counts?.groups ?? null,
});

function credentialsOf(service: CheckedService | undefined, now: Date) {
  const lastUses = service?.credentials.flatMap(({ lastUsedAt }) => lastUsedAt ?? []) ?? [];
  const expiring = service?.credentials.filter(({ status, expiresAt }) => status === 'live' && expiresWithin(expiresAt, SOON_DAYS, now));
  return { lastRequest: lastUses.toSorted().at(-1) ?? null, expiring: expiring?.length ?? null };
}

function attentionOf({ stackName, stack, alarms, service }: Learning, now: Date): readonly string[] {
  const checked = known(service);
  const wrong = checked === undefined ? [] : judgeService(checked, now).filter(({ verdict }) => verdict === 'wrong');
  return [
    ...unreached('the stack', stack),
    ...(stackName !== undefined && stack !== undefined && 'value' in stack ? judgeStack(stackName, stack.value) : []),
    ...unreached('its alarms', alarms),
    ...(known(alarms) ?? []).map(describeAlarm),
    ...unreached('the admin function', service),
    ...wrong.map(({ says, todo }) => (todo === undefined ? says : `${says}: ${todo}`)),
  ];
}

const unreached = (what: string, learnt: Learnt<unknown> | undefined): readonly string[] =>
  learnt !== undefined && 'reason' in learnt ? [`${what} cannot be asked: ${learnt.reason}`] : [];

const describeAlarm = ({ name, since, description }: RaisedAlarm): string =>
  `the alarm ${name} is raised${since === undefined ? '' : ` since ${since}`}${description === '' ? '' : `: ${description}`}`;

function judgeStack(stackName: string, stack: DeployedStack | undefined): readonly string[] {
  if (stack === undefined) return [`it is not deployed: npx cdk deploy ${stackName}`];
  const { state } = stack;
  if (/_ROLLBACK_COMPLETE$/.test(state) || state === 'ROLLBACK_COMPLETE')
    return [`its last deployment was taken back (${state}): the events of the stack in CloudFormation say why`];
  return /FAILED/.test(state) ? [`CloudFormation could not finish (${state}): the events of the stack say why`] : [];
}
