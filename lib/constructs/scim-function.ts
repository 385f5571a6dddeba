import { Duration } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type Code, Function as LambdaFunction, RecursiveLoop, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { StackEnvironment } from '../../src/runtime/environment.ts';
import { ADMIN, type FunctionName, STREAM, SWEEPER } from '../../src/runtime/routes.ts';
import type { Concurrency } from '../hardening.ts';
import { type FunctionResources, permissionsOf } from './function-permissions.ts';
import { type LogKeeping, ScimLogGroup } from './scim-log-group.ts';

/** Ends before API Gateway gives up waiting, so that a request that takes too long is still logged as such. */
const FUNCTION_TIMEOUT_SECONDS = 28;

/** Nobody waits for the sweeper; what it has not done by then goes into the queue again. */
export const SWEEPER_TIMEOUT_SECONDS = 60;

/**
 * Lambda gives processor time in proportion to memory, a whole processor at 1,769 MB. A handler fills about 110 MB; it
 * is a first request, with its TLS handshakes, that needs the processor.
 */
const MEMORY_MB = 1024;

/** Waits most of its time, and whoever asks it does so again and again. */
const EVENTS_MEMORY_MB = 256;

export interface ScimFunctionProps {
  readonly name: FunctionName;
  readonly tenant: string;
  /** The function's bundle: `index.mjs`, which exports `handler`. */
  readonly code: Code;
  readonly environment: StackEnvironment;
  readonly resources: Omit<FunctionResources, 'logGroupArn'>;
  readonly logs: LogKeeping;
  readonly concurrency?: Concurrency | undefined;
}

/** A Lambda function with its own log group and a role that names exactly what it may touch. */
export class ScimFunction extends Construct {
  readonly function: LambdaFunction;
  readonly logGroup: ILogGroup;

  constructor(scope: Construct, id: string, props: ScimFunctionProps) {
    super(scope, id);
    const { name, tenant, code, environment, resources } = props;
    const reserved = props.concurrency?.[classOf(name)];
    const { logGroup } = new ScimLogGroup(this, 'Logs', props.logs);
    this.logGroup = logGroup;
    this.function = new LambdaFunction(this, 'Resource', {
      description: `SCIM ${name} of the tenant ${tenant}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: name === 'events' ? EVENTS_MEMORY_MB : MEMORY_MB,
      timeout: Duration.seconds(name === SWEEPER ? SWEEPER_TIMEOUT_SECONDS : FUNCTION_TIMEOUT_SECONDS),
      // Lambda would stop the sweeper after 16 rounds of one piece of work, for which it takes a message that begot a message.
      recursiveLoop: name === SWEEPER ? RecursiveLoop.ALLOW : RecursiveLoop.TERMINATE,
      ...(reserved !== undefined && { reservedConcurrentExecutions: reserved }),
      // An act is not to be done twice; and what would be put aside for later may hold a password.
      ...(name === ADMIN && { retryAttempts: 0 }),
      handler: 'index.handler',
      code,
      environment: { ...environment },
      logGroup,
      role: new Role(this, 'Role', {
        assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
        inlinePolicies: { Least: permissionsOf(name, { ...resources, logGroupArn: logGroup.logGroupArn }) },
      }),
    });
  }
}

function classOf(name: FunctionName): keyof Concurrency {
  if (name === ADMIN) return 'admin';
  return name === STREAM || name === SWEEPER ? 'background' : 'requests';
}
