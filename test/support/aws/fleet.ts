import type { IncomingMessage } from 'node:http';
import { readVersion } from '../../../cli/version.ts';
import type { CheckedService } from '../../../src/directory/service/answers.ts';
import { answered, describedStack, listedResources, refused } from './cloud-formation.ts';
import { type Reply, type StandIn, startStandIn } from './stand-in.ts';

type Change = { readonly id: string; readonly type: string; readonly action: string; readonly replacement?: string };

/** A stack as CloudFormation, CloudWatch and Lambda tell of it. */
export type FakeStack = {
  state: string;
  version: string;
  /** What a change set would do; `empty` where there is nothing to change. */
  changes: readonly Change[] | 'empty';
  /** Names of its alarms, and whether each is raised. */
  readonly alarms: Readonly<Record<string, boolean>>;
  service: () => CheckedService | Error;
  /** What its endpoint answers without a token. */
  endpointStatus: number;
};

const NOW = new Date().toISOString();

export const aService = (overrides: Partial<CheckedService> = {}): CheckedService => ({
  now: NOW,
  applications: [{ key: 'hr', title: 'HR', state: 'enabled', kind: 'token', ipRanges: 0 }],
  credentials: [
    {
      ...{ id: 'c1', application: 'hr', name: 'Entra ID', kind: 'token', scope: 'full', createdAt: NOW, expiresAt: null },
      ...{ lastUsedAt: '2026-05-31T23:04:59.000Z', status: 'live' },
    },
  ],
  unreadable: 0,
  counts: { users: 120, activeUsers: 100, groups: 7 },
  work: { announced: 0, restored: 0, changes: 0 },
  ...overrides,
});

export const aStack = (overrides: Partial<FakeStack> = {}): FakeStack => ({
  state: 'UPDATE_COMPLETE',
  version: '0.0.9',
  changes: [{ id: 'Users', type: 'AWS::Lambda::Function', action: 'Modify' }],
  alarms: {},
  service: aService,
  endpointStatus: 401,
  ...overrides,
});

/** Several services behind one address, over stacks that a test describes. */
export class FakeAws {
  readonly stacks = new Map<string, FakeStack>();
  readonly deletedChangeSets: string[] = [];
  /** Names of the resources of a stack that come in pages of so many. */
  readonly pageSize = 2;
  #standIn: StandIn | undefined;

  async start(): Promise<void> {
    this.#standIn = await startStandIn((request, body) => this.#answer(request, body));
  }

  get standIn(): StandIn {
    if (this.#standIn === undefined) throw new TypeError('this AWS has not been started');
    return this.#standIn;
  }

  #answer(request: IncomingMessage, body: string): Reply {
    const path = decodeURIComponent(request.url ?? '/');
    const [, named] = /^\/(?:2015-03-31\/functions\/admin-of-|endpoint\/|executed\/)([\w-]+)/.exec(path) ?? [];
    if (path.startsWith('/endpoint/')) return this.#endpoint(named);
    if (path.startsWith('/executed/')) return this.#executed(named);
    if (path.startsWith('/2015-03-31')) return this.#admin(named);
    if (request.headers['x-amz-target']?.toString().endsWith('.DescribeAlarms')) return this.#alarms(JSON.parse(body));
    return this.#cloudFormation(new URLSearchParams(body));
  }

  #endpoint(name = ''): Reply {
    const body = JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'] });
    return { status: this.stacks.get(name)?.endpointStatus ?? 404, body };
  }

  /** Asked by the CDK that stands in for the real one, when it has executed a change set. */
  #executed(name = ''): Reply {
    const stack = this.stacks.get(name) ?? aStack();
    this.stacks.set(name, Object.assign(stack, { state: 'UPDATE_COMPLETE', version: readVersion() }));
    return { body: '' };
  }

  #admin(name = ''): Reply {
    const result = this.stacks.get(name)?.service() ?? new Error('no stack');
    return { body: JSON.stringify(result instanceof Error ? { ok: false, error: { message: result.message } } : { ok: true, result }) };
  }

  #alarms({ AlarmNames }: { readonly AlarmNames: readonly string[] }): Reply {
    const raised = new Map([...this.stacks.values()].flatMap(({ alarms }) => Object.entries(alarms)));
    const found = AlarmNames.filter((name) => raised.get(name) === true);
    const alarms = found.map((AlarmName) => ({
      AlarmName,
      AlarmDescription: `what ${AlarmName} means`,
      StateUpdatedTimestamp: 1_780_000_000,
    }));
    return { body: JSON.stringify({ MetricAlarms: alarms }) };
  }

  #cloudFormation(asked: URLSearchParams): Reply {
    const [action, name] = [asked.get('Action') ?? '', asked.get('StackName') ?? ''];
    const stack = this.stacks.get(name);
    if (stack === undefined) return refused('ValidationError', `Stack with id ${name} does not exist`);
    if (action === 'DescribeStacks') return this.#describe(name, stack);
    if (action === 'ListStackResources') return this.#resources(stack, Number(asked.get('NextToken') ?? 0));
    if (action === 'DescribeChangeSet') return answered(action, describeChanges(stack));
    if (action === 'DeleteChangeSet') this.deletedChangeSets.push(name);
    return answered(action, '');
  }

  #describe(name: string, { state, version }: FakeStack): Reply {
    const outputs = { AdminFunctionName: `admin-of-${name}`, TenantUrl: `${this.standIn.url}/endpoint/${name}`, Version: version };
    return describedStack({ name, status: state, outputs });
  }

  #resources({ alarms }: FakeStack, from: number): Reply {
    const listed = Object.keys(alarms).map((name) => ({ type: 'AWS::CloudWatch::Alarm', name }));
    const all = [{ type: 'AWS::DynamoDB::GlobalTable', name: 'table' }, ...listed];
    const next = from + this.pageSize;
    return listedResources(all.slice(from, next), next < all.length ? String(next) : undefined);
  }
}

function describeChanges({ changes }: FakeStack): string {
  if (changes === 'empty')
    return `<Status>FAILED</Status><StatusReason>The submitted information didn't contain changes. Submit different information.</StatusReason>`;
  const members = changes.map(
    ({ id, type, action, replacement = 'False' }) =>
      `<member><ResourceChange><Action>${action}</Action><LogicalResourceId>${id}</LogicalResourceId><ResourceType>${type}</ResourceType><Replacement>${replacement}</Replacement></ResourceChange></member>`,
  );
  return `<Status>CREATE_COMPLETE</Status><Changes>${members.join('')}</Changes>`;
}
