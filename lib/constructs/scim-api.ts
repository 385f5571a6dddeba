import { Duration, Stack, Validations } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  AwsIntegration,
  EndpointType,
  type Integration,
  type IResource,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { CATCH_ALL, type HttpFunction, ROUTES } from '../../src/runtime/routes.ts';
import type { Tenant } from '../tenant.ts';
import { AccessLogMetrics } from './access-log-metrics.ts';
import { allowOnly } from './allowed-ip-ranges.ts';
import { ApiDomain } from './api-domain.ts';
import { API_FINDINGS } from './api-findings.ts';
import { ApiFirewall } from './api-firewall.ts';
import { answerRefusalsInScim } from './gateway-refusals.ts';
import { type LogKeeping, ScimLogGroup } from './scim-log-group.ts';

/** The longest a REST API waits for its integration. */
const GATEWAY_TIMEOUT_SECONDS = 29;

/**
 * What is kept of each request beside the handler's own line, of those the gateway refused above all.
 *
 * Neither path nor query string nor address of the caller: a path may hold whatever a client puts there, a filter an
 * e-mail address. Every value is quoted, because API Gateway writes `-` for one that is missing.
 */
const ACCESS_LOG = {
  requestId: '$context.requestId',
  at: '$context.requestTimeEpoch',
  method: '$context.httpMethod',
  route: '$context.resourcePath',
  status: '$context.status',
  refusal: '$context.error.responseType',
  durationMs: '$context.responseLatency',
  functionStatus: '$context.integration.integrationStatus',
  functionMs: '$context.integration.latency',
  functionRequestId: '$context.integration.requestId',
  responseBytes: '$context.responseLength',
};

export interface ScimApiProps {
  readonly tenant: Pick<Tenant, 'name' | 'stage' | 'basePath' | 'throttling' | 'allowedIpRanges' | 'domain' | 'waf'>;
  readonly functions: Readonly<Record<HttpFunction, IFunction>>;
  readonly logs: LogKeeping;
}

/** The tenant's REST API: each route to its function, everything else to the catch-all. */
export class ScimApi extends Construct {
  /** What an administrator pastes into the identity provider. */
  readonly tenantUrl: string;
  /** The same at the domain that AWS gives the API. */
  readonly apiUrl: string;

  constructor(scope: Construct, id: string, { tenant, functions, logs }: ScimApiProps) {
    super(scope, id);
    const api = this.#createApi(tenant, logs);
    addRoutes(api, tenant.basePath, functions);
    answerRefusalsInScim(api);
    for (const handler of Object.values(functions)) letInvoke(api, handler, tenant.stage);
    Validations.of(api).acknowledge(...API_FINDINGS);

    const { region, urlSuffix } = Stack.of(this);
    this.apiUrl = `https://${api.restApiId}.execute-api.${region}.${urlSuffix}/${tenant.stage}${tenant.basePath}`;
    const { waf, domain, throttling } = tenant;
    const stage = api.deploymentStage;
    if (waf !== undefined) new ApiFirewall(this, 'Firewall', { waf, stageArn: stage.stageArn, ...throttling });
    this.tenantUrl = domain === undefined ? this.apiUrl : `${new ApiDomain(this, 'Domain', { domain, stage }).url}${tenant.basePath}`;
  }

  #createApi({ name, stage, throttling, allowedIpRanges }: ScimApiProps['tenant'], logs: LogKeeping): RestApi {
    const { logGroup } = new ScimLogGroup(this, 'AccessLogs', logs);
    new AccessLogMetrics(this, 'AccessLogMetrics', { logGroup });
    const api = new RestApi(this, 'Resource', {
      restApiName: `scim-${name}`,
      description: `SCIM 2.0 endpoint of the tenant ${name}`,
      endpointTypes: [EndpointType.REGIONAL],
      policy: allowOnly(allowedIpRanges),
      // One setting for the whole AWS account, so it is made by the account's stack.
      cloudWatchRole: false,
      deployOptions: {
        stageName: stage,
        throttlingRateLimit: throttling.requestsPerSecond,
        throttlingBurstLimit: throttling.burst,
        loggingLevel: MethodLoggingLevel.OFF,
        accessLogDestination: new LogGroupLogDestination(logGroup),
        accessLogFormat: AccessLogFormat.custom(JSON.stringify({ tenant: name, ...ACCESS_LOG })),
      },
    });
    // An output with the stage's URL, without base path: the stack's own gives the one to paste.
    api.node.tryRemoveChild('Endpoint');
    return api;
  }
}

/**
 * API Gateway resolves resource and method as one pair. So what no route serves reaches `{proxy+}` at the root, from
 * below a route too (`/Users/1/2`) and from a resource that has no method of its own (`/scim`). `{proxy+}` does not
 * match the root itself; and it could not stand beside `{id}`, because a resource may have one variable child only.
 */
function addRoutes(api: RestApi, basePath: string, functions: ScimApiProps['functions']): void {
  const base = resourceAt(api.root, basePath);
  for (const route of ROUTES) {
    const integration = integrate(functions[route.function]);
    for (const path of route.paths) resourceAt(base, path).addMethod('ANY', integration);
  }
  const integration = integrate(functions[CATCH_ALL]);
  api.root.addMethod('ANY', integration);
  api.root.addResource('{proxy+}').addMethod('ANY', integration);
}

function resourceAt(from: IResource, path: string): IResource {
  return path
    .split('/')
    .filter(Boolean)
    .reduce((parent, segment) => parent.getResource(segment) ?? parent.addResource(segment), from);
}

/** Unlike `LambdaIntegration`, adds no permission for every method, twice. */
function integrate({ functionArn }: IFunction): Integration {
  return new AwsIntegration({
    service: 'lambda',
    path: `2015-03-31/functions/${functionArn}/invocations`,
    proxy: true,
    options: { timeout: Duration.seconds(GATEWAY_TIMEOUT_SECONDS) },
  });
}

function letInvoke(api: RestApi, handler: IFunction, stage: string): void {
  handler.addPermission('Api', {
    principal: new ServicePrincipal('apigateway.amazonaws.com'),
    sourceArn: api.arnForExecuteApi('*', '/*', stage),
  });
}
