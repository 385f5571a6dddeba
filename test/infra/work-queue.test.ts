import { describe, expect, it } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { resourcesOf, templateOf } from './synthesised.ts';

const MAPPING = 'AWS::Lambda::EventSourceMapping';
const QUEUE = 'AWS::SQS::Queue';

const template = templateOf();
const idOf = (type: string, like: RegExp): string => Object.keys(template.findResources(type)).find((id) => like.test(id)) ?? 'none';
const queueId = idOf(QUEUE, /^Work(?!DeadLetters)/);
const deadLettersId = idOf(QUEUE, /^WorkDeadLetters/);

describe('the work queue', () => {
  it('is filled from the table’s stream, record by record and without delay; what cannot be taken is put aside', () => {
    template.hasResourceProperties(MAPPING, {
      EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Table'), 'StreamArn'] },
      FunctionName: Match.objectLike({}),
      StartingPosition: 'TRIM_HORIZON',
      MaximumBatchingWindowInSeconds: 0,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 60,
      MaximumRecordAgeInSeconds: 12 * 3_600,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [deadLettersId, 'Arn'] } } },
    });
  });

  it('hands over one piece of work at a time, and keeps it hidden longer than the sweeper may take', () => {
    const sweeper = Object.values(template.findResources('AWS::Lambda::Function')).find((each) =>
      String(each['Properties']['Description']).includes('sweeper'),
    );
    const [queue] = resourcesOf(template, QUEUE).filter(({ Properties }) => 'RedrivePolicy' in Properties);

    template.hasResourceProperties(MAPPING, { EventSourceArn: { 'Fn::GetAtt': [queueId, 'Arn'] }, BatchSize: 1 });
    expect(Number(queue?.Properties['VisibilityTimeout'])).toBeGreaterThanOrEqual(6 * Number(sweeper?.['Properties']?.['Timeout']));
  });

  it('lets the sweeper, and nothing else, hand work on to itself more often than Lambda takes for an accident', () => {
    const functions = Object.values(template.findResources('AWS::Lambda::Function')).map(({ Properties }) => Properties);

    const allowed = functions.filter(({ RecursiveLoop }) => RecursiveLoop === 'Allow').map(({ Description }) => String(Description));

    expect(allowed).toEqual([expect.stringContaining('sweeper')]);
  });

  it('puts aside what failed five times, for two weeks', () => {
    template.hasResourceProperties(QUEUE, {
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [deadLettersId, 'Arn'] }, maxReceiveCount: 5 },
    });
    template.allResourcesProperties(QUEUE, { MessageRetentionPeriod: 14 * 86_400 });
  });

  it('is asked for an inspection every day', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 day)',
      Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [queueId, 'Arn'] }, Input: '{"kind":"inspect"}' })],
    });
  });
});
