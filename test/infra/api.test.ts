import { describe, expect, it } from '@jest/globals';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { GATEWAY_REFUSALS } from '../../lib/constructs/gateway-refusals.ts';
import { ROUTES } from '../../src/runtime/routes.ts';
import { type Resource, resourceOf, resourcesOf, templateOf } from './synthesised.ts';

const METHOD = 'AWS::ApiGateway::Method';
const STAGE = 'AWS::ApiGateway::Stage';
const REFUSAL = 'AWS::ApiGateway::GatewayResponse';

type Integration = { readonly Uri: { readonly 'Fn::Join': readonly [string, readonly unknown[]] } };

/** Every method as `ANY /path → logical id of its function, digits left out`. */
function routesOf(template: Template): readonly string[] {
  return resourcesOf(template, METHOD).map(({ Properties }) => {
    const parts = (Properties['Integration'] as Integration).Uri['Fn::Join'][1];
    const [, handler] = /"Fn::GetAtt":\["(\w+)[0-9A-F]{8}","Arn"\]/.exec(JSON.stringify(parts)) ?? [];
    return `${Properties['HttpMethod']} ${pathOf(template, Properties['ResourceId'])} → ${handler}`;
  });
}

function pathOf(template: Template, reference: unknown): string {
  const { Ref } = reference as { readonly Ref?: string };
  if (Ref === undefined) return '/';
  const { Properties } = template.findResources('AWS::ApiGateway::Resource')[Ref] as Resource;
  return `${pathOf(template, Properties['ParentId']).replace(/\/$/, '')}/${Properties['PathPart']}`;
}

describe('routes', () => {
  it('lead every path of the route table, below the base path, to its function by any method', () => {
    const routes = routesOf(templateOf({ basePath: '/v2/scim' }));

    for (const path of ROUTES.flatMap(({ paths }) => paths)) expect(routes.join('\n')).toContain(`ANY /v2/scim${path} → `);
    expect(routes).toContain('ANY /v2/scim/Users/{id} → Users');
    expect(routes).toContain('ANY /v2/scim/Groups → Groups');
    expect(routes).toContain('ANY /v2/scim/Schemas/{id} → Discovery');
  });

  it('begin at the stage when the base path is empty', () => {
    expect(routesOf(templateOf({ basePath: '' }))).toContain('ANY /Users → Users');
  });

  it('end in a catch-all at the root of the API, whatever the base path', () => {
    const routes = routesOf(templateOf({ basePath: '/scim/v2' }));

    expect(routes).toContain('ANY / → CatchAll');
    expect(routes).toContain('ANY /{proxy+} → CatchAll');
    expect(routes).toHaveLength(ROUTES.flatMap(({ paths }) => paths).length + 2);
  });

  it('leave no path with two variable children, which API Gateway refuses', () => {
    const variables = resourcesOf(templateOf({ basePath: '' }), 'AWS::ApiGateway::Resource')
      .filter(({ Properties }) => String(Properties['PathPart']).startsWith('{'))
      .map(({ Properties }) => JSON.stringify(Properties['ParentId']));

    expect(new Set(variables).size).toBe(variables.length);
  });

  it('never lead to the admin function, nor let API Gateway invoke it', () => {
    const template = templateOf();

    expect(routesOf(template).join('\n')).not.toContain('Admin');
    expect(JSON.stringify(template.findResources('AWS::Lambda::Permission'))).not.toContain('Admin');
  });

  it('check neither tokens nor bodies before the handler can answer 401', () => {
    templateOf().allResourcesProperties(METHOD, {
      AuthorizationType: 'NONE',
      RequestValidatorId: Match.absent(),
      ApiKeyRequired: Match.absent(),
    });
  });

  it('need one permission for each function, for this API and stage alone', () => {
    const template = templateOf({ stage: 'INFORSTS_TST' });

    template.resourceCountIs('AWS::Lambda::Permission', ROUTES.length + 1);
    for (const { Properties } of resourcesOf(template, 'AWS::Lambda::Permission')) {
      expect(JSON.stringify(Properties['SourceArn'])).toMatch(/:execute-api:.*"Ref":"Api\w+"},"\/INFORSTS_TST\/\*\/\*"/);
    }
  });
});

describe('the stage', () => {
  it('is the tenant’s segment of the URL', () => {
    templateOf({ stage: 'INFORSTS_TST' }).hasResourceProperties(STAGE, { StageName: 'INFORSTS_TST' });
  });

  it('lets through as much as the tenant file says', () => {
    templateOf({ throttling: { requestsPerSecond: 7, burst: 9 } }).hasResourceProperties(STAGE, {
      MethodSettings: [Match.objectLike({ HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 7, ThrottlingBurstLimit: 9 })],
    });
  });

  it('logs neither path, query string nor address, which may be personal', () => {
    const { Properties } = resourceOf(templateOf(), STAGE);
    const { Format } = Properties['AccessLogSetting'] as { Format: string };
    const variables = Object.values<string>(JSON.parse(Format));

    expect(variables).toContain('$context.requestId');
    expect(variables.join(' ')).not.toMatch(/context\.path|query|sourceIp|userAgent|input|header|identity|authorizer/i);
  });

  it('writes no execution log', () => {
    templateOf().hasResourceProperties(STAGE, {
      MethodSettings: [Match.objectLike({ LoggingLevel: 'OFF', DataTraceEnabled: false })],
    });
  });

  it('leaves the account-wide log role to the account’s stack', () => {
    templateOf().resourceCountIs('AWS::ApiGateway::Account', 0);
  });
});

/** In seconds, in the quotes of the gateway's mapping. */
const retryAfterOf = ({ Properties }: Resource): unknown =>
  Object.entries({ ...(Properties['ResponseParameters'] as object) }).find(([name]) => name.endsWith('.Retry-After'))?.[1];

describe('refusals by the gateway itself', () => {
  const refusals = resourcesOf(templateOf(), REFUSAL);

  it('are all spoken for, so that none falls back to another’s status', () => {
    expect(refusals).toHaveLength(GATEWAY_REFUSALS.length);
    expect(refusals.map(({ Properties }) => Properties['ResponseType']).sort()).toEqual([
      'ACCESS_DENIED',
      'API_CONFIGURATION_ERROR',
      'AUTHORIZER_CONFIGURATION_ERROR',
      'AUTHORIZER_FAILURE',
      'BAD_REQUEST_BODY',
      'BAD_REQUEST_PARAMETERS',
      'DEFAULT_4XX',
      'DEFAULT_5XX',
      'EXPIRED_TOKEN',
      'INTEGRATION_FAILURE',
      'INTEGRATION_TIMEOUT',
      'INVALID_API_KEY',
      'INVALID_SIGNATURE',
      'MISSING_AUTHENTICATION_TOKEN',
      'QUOTA_EXCEEDED',
      'REQUEST_TOO_LARGE',
      'RESOURCE_NOT_FOUND',
      'THROTTLED',
      'UNAUTHORIZED',
      'UNSUPPORTED_MEDIA_TYPE',
      'WAF_FILTERED',
    ]);
  });

  it.each(refusals.map(({ Properties }) => [Properties['ResponseType'], Properties] as const))(
    'are SCIM errors with one status and the request id: %s',
    (_type, properties) => {
      const templates = Object.values<string>(properties['ResponseTemplates'] as Record<string, string>);

      expect(properties['ResponseParameters']).toMatchObject({ 'gatewayresponse.header.Content-Type': "'application/scim+json'" });
      for (const template of templates) {
        expect(JSON.parse(template)).toEqual({
          schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
          status: properties['StatusCode'],
          detail: expect.stringMatching(/\. \(request \$context\.requestId\)$/),
        });
      }
    },
  );

  it('say when to come back where coming back can help', () => {
    const [patient, final] = [true, false].map((isPatient) =>
      refusals.filter((refusal) => (retryAfterOf(refusal) !== undefined) === isPatient),
    );
    const statusesOf = (some: readonly Resource[] = []) => [...new Set(some.map(({ Properties }) => Properties['StatusCode']))].sort();

    expect(statusesOf(patient)).toEqual(['429', '500', '504']);
    expect(statusesOf(final)).toEqual(['400', '401', '403', '404', '413', '415']);
  });
});
