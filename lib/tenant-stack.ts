import { CfnOutput, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import type { Code, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { ADMIN, CATCH_ALL, type FunctionName, STREAM, SWEEPER } from '../src/runtime/routes.ts';
import { ScimAlarms } from './constructs/scim-alarms.ts';
import { ScimApi } from './constructs/scim-api.ts';
import { ScimEventBus } from './constructs/scim-event-bus.ts';
import { ScimFunction } from './constructs/scim-function.ts';
import { ScimSavedQueries } from './constructs/scim-saved-queries.ts';
import { ScimTable } from './constructs/scim-table.ts';
import { ScimWorkQueue } from './constructs/scim-work-queue.ts';
import { TenantKey } from './constructs/tenant-key.ts';
import { TokenSecret } from './constructs/token-secret.ts';
import type { Tenant } from './tenant.ts';
import { VERSION } from './version.ts';

export interface TenantStackProps extends StackProps {
  readonly tenant: Tenant;
  /** Gives each function its bundle. */
  readonly codeOf: (name: FunctionName) => Code;
}

/** Everything of one tenant; nothing is shared with another's stack. */
export class TenantStack extends Stack {
  constructor(scope: Construct, id: string, { tenant, codeOf, ...props }: TenantStackProps) {
    const retain = tenant.environment === 'production';
    super(scope, id, { description: `SCIM 2.0 endpoint of the tenant ${tenant.name}`, terminationProtection: retain, ...props });

    const { name, encryptionKey, concurrency } = tenant;
    const key = encryptionKey === undefined ? undefined : new TenantKey(this, 'Key', { tenant: name, encryptionKey, retain }).key;
    const { table, streamArn } = new ScimTable(this, 'Table', { retain, key });
    const secret = new TokenSecret(this, 'TokenSecret', { tenant: name, retain, key });
    const logs = { retentionDays: tenant.logRetentionDays, retain, key };
    const work = new ScimWorkQueue(this, 'Work', { key });
    const { bus } = new ScimEventBus(this, 'Events', { tenant: name, key });
    const environment = {
      TABLE_NAME: table.tableName,
      SECRET_ID: secret.arn,
      QUEUE_URL: work.queue.queueUrl,
      DEAD_LETTER_QUEUE_URL: work.deadLetterQueue.queueUrl,
      RETENTION_DAYS: String(tenant.retentionDays),
      TENANT: tenant.name,
      BASE_PATH: tenant.basePath,
      AUDIT_IDENTIFIERS: tenant.audit.identifiers,
      EVENT_VALUES: tenant.events.values,
      EVENT_RETENTION_DAYS: String(tenant.events.retentionDays),
      EVENT_BUS_NAME: bus.eventBusName,
    };
    const logGroups: ILogGroup[] = [];
    const createFunction = (functionId: string, name: FunctionName): IFunction => {
      const created = new ScimFunction(this, functionId, {
        name,
        tenant: tenant.name,
        code: codeOf(name),
        environment,
        resources: {
          tableArn: table.tableArn,
          streamArn,
          queueArn: work.queue.queueArn,
          deadLetterQueueArn: work.deadLetterQueue.queueArn,
          eventBusArn: bus.eventBusArn,
          secretArn: secret.arn,
          keyArn: key?.keyArn,
        },
        logs,
        concurrency,
      });
      logGroups.push(created.logGroup);
      return created.function;
    };

    const api = new ScimApi(this, 'Api', {
      tenant,
      functions: {
        users: createFunction('Users', 'users'),
        groups: createFunction('Groups', 'groups'),
        bulk: createFunction('Bulk', 'bulk'),
        discovery: createFunction('Discovery', 'discovery'),
        token: createFunction('Token', 'token'),
        events: createFunction('Feed', 'events'),
        [CATCH_ALL]: createFunction('CatchAll', CATCH_ALL),
      },
      logs,
    });
    const admin = createFunction('Admin', ADMIN);
    const stream = createFunction('Stream', STREAM);
    work.fillFrom(streamArn, stream);
    work.workWith(createFunction('Sweeper', SWEEPER));

    new ScimAlarms(this, 'Alarms', { tenant: tenant.name, queue: work.queue, deadLetterQueue: work.deadLetterQueue, stream });
    new ScimSavedQueries(this, 'Queries', { tenant: tenant.name, logGroups });

    this.#output('TenantUrl', 'What the identity provider asks for as Tenant URL', api.tenantUrl);
    if (tenant.domain) this.#output('ApiUrl', 'The same, at the domain that AWS gives the API', api.apiUrl);
    this.#output('FirstToken', 'The command that makes the first Secret Token', `npm run scim -- token create --tenant ${tenant.name}`);
    this.#output('AdminFunctionName', 'The function that credentials are administered by', admin.functionName);
    this.#output('DeadLetterQueueUrl', 'Where work is put aside that failed again and again', work.deadLetterQueue.queueUrl);
    this.#output('EventBusName', 'The bus that tells of changes of users and groups', bus.eventBusName);
    this.#output('TableName', 'The table of users and groups', table.tableName);
    this.#output('Version', 'The version of serverless-scim that is deployed', VERSION);

    for (const [tag, value] of Object.entries({ 'scim-tenant': name, ...tenant.tags })) Tags.of(this).add(tag, value);
  }

  #output(id: string, description: string, value: string): void {
    new CfnOutput(this, id, { description, value });
  }
}
