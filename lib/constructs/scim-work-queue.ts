import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnEventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { SWEEPER_TIMEOUT_SECONDS } from './scim-function.ts';
import { STREAM_FILTERS } from './stream-filters.ts';

/** Lambda's own advice: six times what the function may take. */
const VISIBILITY_SECONDS = 6 * SWEEPER_TIMEOUT_SECONDS;

/** So often a piece of work is tried before it is put aside. */
const MAX_RECEIVES = 5;

/** The longest a queue can keep what it holds: an operator may be away for a while. */
const KEPT_DAYS = 14;

/** Sweeps at the same time; each is one partition after the other, so that a large one keeps no other waiting. */
const MAX_CONCURRENCY = 5;

/**
 * So often a batch of the stream is tried before it is put aside: what is out of reach for half an hour costs nobody an event,
 * and a record that ends the function holds up the others no longer than that.
 */
const STREAM_ATTEMPTS = 60;

/** What is put aside is told by its place in the stream, which keeps 24 hours: as many are left to look there as to try. */
const STREAM_AGE_HOURS = 12;

export interface ScimWorkQueueProps {
  /** Encrypts what waits; a key of SQS unless given. */
  readonly key?: IKey | undefined;
}

/** What requests leave to be done: a queue, its dead letters, what fills it and who works on it. */
export class ScimWorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, { key }: ScimWorkQueueProps) {
    super(scope, id);
    this.deadLetterQueue = new Queue(this, 'DeadLetters', { retentionPeriod: Duration.days(KEPT_DAYS), enforceSSL: true });
    this.queue = new Queue(this, 'Resource', {
      visibilityTimeout: Duration.seconds(VISIBILITY_SECONDS),
      retentionPeriod: Duration.days(KEPT_DAYS),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: MAX_RECEIVES },
      enforceSSL: true,
    });
    if (key !== undefined) for (const queue of [this.queue, this.deadLetterQueue]) encrypt(queue, key);
  }

  /** Has the stream function invoked by the table's stream, one batch of a shard after the other; what it cannot take is put aside. */
  fillFrom(streamArn: string, stream: IFunction): void {
    new CfnEventSourceMapping(this, 'FromStream', {
      eventSourceArn: streamArn,
      functionName: stream.functionArn,
      startingPosition: 'TRIM_HORIZON',
      batchSize: 100,
      maximumBatchingWindowInSeconds: 0,
      functionResponseTypes: ['ReportBatchItemFailures'],
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: STREAM_ATTEMPTS,
      maximumRecordAgeInSeconds: Duration.hours(STREAM_AGE_HOURS).toSeconds(),
      destinationConfig: { onFailure: { destination: this.deadLetterQueue.queueArn } },
      filterCriteria: { filters: STREAM_FILTERS },
    });
  }

  workWith(sweeper: IFunction): void {
    new CfnEventSourceMapping(this, 'ToSweeper', {
      eventSourceArn: this.queue.queueArn,
      functionName: sweeper.functionArn,
      batchSize: 1,
      scalingConfig: { maximumConcurrency: MAX_CONCURRENCY },
    });
    new Rule(this, 'Daily', {
      description: 'Looks for work that was forgotten, and for rows that lead nowhere',
      schedule: Schedule.rate(Duration.days(1)),
      targets: [new SqsQueue(this.queue, { message: RuleTargetInput.fromObject({ kind: 'inspect' }) })],
    });
  }
}

/** The resource itself, because the construct would widen the key's policy to whatever sends from this account. */
function encrypt({ node }: Queue, key: IKey): void {
  const { defaultChild } = node;
  if (!(defaultChild instanceof CfnQueue)) throw new TypeError('a queue without its resource');
  defaultChild.kmsMasterKeyId = key.keyArn;
  defaultChild.sqsManagedSseEnabled = undefined;
}
