import type { AdminLine, BrakeLine, ProvisioningLine, WriteLine } from './lines.ts';
import { FAILED_ACT, REFUSED_ACT, reasonOfBrake, reasonOfImport, reasonOfWrite } from './reasons.ts';
import type { Action, Entry, Outcome, Row } from './row.ts';

/** Says what a line comes to; undefined where it tells of nothing of its own, or of no provisioning. */
export function entryOfLine(line: ProvisioningLine): Entry | undefined {
  if (line.event === 'admin') return entryOfAct(line);
  if (line.event === 'brake') return { row: rowOfBrake(line), countsAs: 'row' };
  const row = rowOfWrite(line);
  if (isFailed(line)) return { row, countsAs: 'row' };
  if (row.action === 'bulk') return undefined;
  return { row, countsAs: weightOf(line, row) };
}

const isFailed = ({ status }: WriteLine): boolean => status >= 400;

function weightOf(line: WriteLine, { action, outcome, changed }: Row): Entry['countsAs'] {
  if (action === 'token') return 'token';
  if (!WRITES.has(line.operation ?? '')) return 'read';
  return action === 'remove' || outcome !== 'succeeded' || changed.length > 0 ? 'row' : 'unchanged';
}

const WRITES: ReadonlySet<string> = new Set(['create', 'update', 'remove']);

type Known = Pick<ProvisioningLine, 'time' | 'application' | 'subject' | 'resourceType' | 'resourceId' | 'changed' | 'requestId'>;

const commonTo = (line: Known) => ({
  time: line.time,
  application: line.application ?? null,
  by: null,
  subject: line.subject ?? null,
  previousSubject: null,
  resourceType: line.resourceType ?? null,
  resourceId: line.resourceId ?? null,
  changed: line.changed ?? [],
  refusal: null,
  status: null,
  requestId: line.requestId ?? null,
  operation: null,
});

function rowOfWrite(line: WriteLine): Row {
  const isMade = (line.changed ?? []).length > 0;
  return {
    ...commonTo(line),
    previousSubject: line.previousSubject ?? null,
    action: actionOf(line),
    outcome: outcomeOf(line, isMade),
    refusal: line.refusal ?? null,
    reason: reasonOfWrite(line, isMade) ?? null,
    status: line.status,
    operation: line.event === 'bulkOperation' ? line.index : null,
  };
}

const ACTIONS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['create', 'create'],
  ['update', 'update'],
  ['remove', 'remove'],
  ['read', 'read'],
  ['discover', 'discover'],
  ['follow', 'read'],
  ['token', 'token'],
]);

/** What was asked for, whatever the policy has made of it. */
function actionOf({ operation, state, route }: WriteLine): Action {
  if (state !== undefined) return state === 'disabled' ? 'disable' : 'enable';
  if (operation === 'several') return route === '/Bulk' ? 'bulk' : 'read';
  return ACTIONS.get(operation ?? '') ?? 'unknown';
}

/** What has changed is changed, also where its answer was too large to be given. */
function outcomeOf(line: WriteLine, isMade: boolean): Outcome {
  if (isFailed(line) && !isMade) return line.refusal === undefined || line.refusal === 'unavailable' ? 'failed' : 'refused';
  return line.policy === 'ignore' ? 'ignored' : (line.effect ?? 'succeeded');
}

const rowOfBrake = (line: BrakeLine): Row => ({
  ...commonTo(line),
  action: 'brake',
  outcome: 'refused',
  refusal: 'braked',
  reason: reasonOfBrake(line.limit),
});

const ACTS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['resource.disable', 'disable'],
  ['resource.enable', 'enable'],
  ['resource.remove', 'remove'],
  ['resource.restore', 'restore'],
  ['resource.purge', 'purge'],
  ['directory.import', 'import'],
]);

/** Of a purge in parts, the first one's line tells; a part that failed has its own. */
function entryOfAct(line: AdminLine): Entry | undefined {
  const action = ACTS.get(line.act);
  if (action === undefined || line.dryRun || (line.continued && line.outcome === 'done')) return undefined;
  const outcome = line.outcome === 'done' ? outcomeOfDone(line) : line.outcome;
  const row: Row = { ...commonTo(line), by: line.by, action, outcome: outcome ?? 'succeeded', reason: reasonOfAct(line) };
  return { row, countsAs: outcome === undefined ? 'unchanged' : 'row' };
}

function reasonOfAct({ outcome, act, counts = {} }: AdminLine): string | null {
  if (outcome !== 'done') return outcome === 'refused' ? REFUSED_ACT : FAILED_ACT;
  return act === 'directory.import' ? reasonOfImport(counts) : null;
}

const CHANGED = ['created', 'replaced', 'membersAdded', 'membersChanged', 'membersRemoved'];

/** Undefined where all was as it should be already. */
function outcomeOfDone({ act, changed, counts = {} }: AdminLine): Outcome | undefined {
  if (act !== 'directory.import') return changed?.length === 0 ? undefined : 'succeeded';
  if (CHANGED.some((name) => (counts[name] ?? 0) > 0)) return 'succeeded';
  return (counts['refused'] ?? 0) > 0 ? 'refused' : undefined;
}
