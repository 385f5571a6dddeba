import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { readVersion } from '../../cli/version.ts';
import type { CheckedService } from '../../src/directory/service/answers.ts';
import { urlOf } from './access-secrets.ts';

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

type Answer = { readonly status?: number; readonly body: string };

/** Several services behind one address, over stacks that a test describes. */
export class FakeAws {
  readonly stacks = new Map<string, FakeStack>();
  readonly deletedChangeSets: string[] = [];
  /** Names of the resources of a stack that come in pages of so many. */
  readonly pageSize = 2;
  readonly #server: Server = createServer((request, response) => {
    void this.#answer(request).then(
      ({ status = 200, body }) => response.writeHead(status).end(body),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  get url(): string {
    return urlOf(this.#server);
  }

  /** What the AWS SDK of a process has to find in its environment. */
  get environment(): Readonly<Record<string, string>> {
    return { AWS_ENDPOINT_URL: this.url, AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'S' };
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const body = (await request.toArray()).join('');
    const path = decodeURIComponent(request.url ?? '/');
    const [, named] = /^\/(?:2015-03-31\/functions\/admin-of-|endpoint\/|executed\/)([\w-]+)/.exec(path) ?? [];
    if (path.startsWith('/endpoint/')) return this.#endpoint(named);
    if (path.startsWith('/executed/')) return this.#executed(named);
    if (path.startsWith('/2015-03-31')) return this.#admin(named);
    if (request.headers['x-amz-target']?.toString().endsWith('.DescribeAlarms')) return this.#alarms(JSON.parse(body));
    return this.#cloudFormation(new URLSearchParams(body));
  }

  #endpoint(name = ''): Answer {
    const body = JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'] });
    return { status: this.stacks.get(name)?.endpointStatus ?? 404, body };
  }

  /** Asked by the CDK that stands in for the real one, when it has executed a change set. */
  #executed(name = ''): Answer {
    const stack = this.stacks.get(name) ?? aStack();
    this.stacks.set(name, Object.assign(stack, { state: 'UPDATE_COMPLETE', version: readVersion() }));
    return { body: '' };
  }

  #admin(name = ''): Answer {
    const result = this.stacks.get(name)?.service() ?? new Error('no stack');
    return { body: JSON.stringify(result instanceof Error ? { ok: false, error: { message: result.message } } : { ok: true, result }) };
  }

  #alarms({ AlarmNames }: { readonly AlarmNames: readonly string[] }): Answer {
    const raised = new Map([...this.stacks.values()].flatMap(({ alarms }) => Object.entries(alarms)));
    const found = AlarmNames.filter((name) => raised.get(name) === true);
    const alarms = found.map((AlarmName) => ({
      AlarmName,
      AlarmDescription: `what ${AlarmName} means`,
      StateUpdatedTimestamp: 1_780_000_000,
    }));
    return { body: JSON.stringify({ MetricAlarms: alarms }) };
  }

  #cloudFormation(asked: URLSearchParams): Answer {
    const [action, name] = [asked.get('Action') ?? '', asked.get('StackName') ?? ''];
    const stack = this.stacks.get(name);
    if (stack === undefined) return refused('ValidationError', `Stack with id ${name} does not exist`);
    if (action === 'DescribeStacks') return answered(action, this.#describe(name, stack));
    if (action === 'ListStackResources') return answered(action, this.#resources(stack, Number(asked.get('NextToken') ?? 0)));
    if (action === 'DescribeChangeSet') return answered(action, describeChanges(stack));
    if (action === 'DeleteChangeSet') this.deletedChangeSets.push(name);
    return answered(action, '');
  }

  #describe(name: string, { state, version }: FakeStack): string {
    const outputs = { AdminFunctionName: `admin-of-${name}`, TenantUrl: `${this.url}/endpoint/${name}`, Version: version };
    const members = Object.entries(outputs).map(
      ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
    );
    return `<Stacks><member><StackName>${name}</StackName><StackStatus>${state}</StackStatus><Outputs>${members.join('')}</Outputs></member></Stacks>`;
  }

  #resources({ alarms }: FakeStack, from: number): string {
    const all = [['AWS::DynamoDB::GlobalTable', 'table'], ...Object.keys(alarms).map((name) => ['AWS::CloudWatch::Alarm', name])];
    const members = all
      .slice(from, from + this.pageSize)
      .map(([type, name]) => `<member><ResourceType>${type}</ResourceType><PhysicalResourceId>${name}</PhysicalResourceId></member>`);
    const next = from + this.pageSize < all.length ? `<NextToken>${from + this.pageSize}</NextToken>` : '';
    return `<StackResourceSummaries>${members.join('')}</StackResourceSummaries>${next}`;
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

const answered = (action: string, inner: string): Answer => ({
  body: `<${action}Response><${action}Result>${inner}</${action}Result></${action}Response>`,
});

const refused = (code: string, message: string): Answer => ({
  status: 400,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});
