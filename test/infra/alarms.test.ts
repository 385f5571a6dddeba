import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ALARMS, runbookOf } from '../../lib/alarms.ts';
import { METRIC_NAMESPACE, METRIC_UNITS } from '../../src/runtime/metric-names.ts';
import { countAccess, type SynthesisedFilter } from '../support/access-log.ts';
import { readAlarm } from '../support/alarm-state.ts';
import { accountTemplate, resourceOf, resourcesOf, templateOf } from './synthesised.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const RUNBOOKS = 'docs/how-to/runbooks';

const template = templateOf({ name: 'acme' });
const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm').map(({ Properties }) => readAlarm(Properties));

describe('a tenant’s alarms', () => {
  it('are called by the tenant, so that a mail’s subject says whose they are', () => {
    expect(alarms.map(({ AlarmName }) => AlarmName)).toEqual(ALARMS.map(({ name }) => `scim-acme/${name}`));
  });

  it('say in a sentence what they mean, and end in the runbook, which is there', () => {
    for (const { AlarmDescription } of alarms) {
      const [, runbook = ''] = /^[A-Z][^\n]+\. Runbook: (docs\/how-to\/runbooks\/[a-z-]+\.md)$/.exec(AlarmDescription) ?? [];
      expect(existsSync(join(ROOT, runbook))).toBe(true);
    }
  });

  it('have a runbook each, and there is none without an alarm', () => {
    expect(readdirSync(join(ROOT, RUNBOOKS)).map((file) => `${RUNBOOKS}/${file}`)).toEqual(ALARMS.map(runbookOf).sort());
  });

  it('tell the account’s topic when they begin and when they are over', () => {
    const { TopicName } = resourceOf(accountTemplate(), 'AWS::SNS::Topic').Properties;
    const [AWS, ...rest] = [{ Ref: 'AWS::Partition' }, { Ref: 'AWS::Region' }, { Ref: 'AWS::AccountId' }];
    const topic = { 'Fn::Join': ['', ['arn:', AWS, ':sns:', rest[0], ':', rest[1], `:${TopicName}`]] };

    expect(alarms.map(({ AlarmActions, OKActions }) => [AlarmActions, OKActions])).toEqual(alarms.map(() => [[topic], [topic]]));
  });

  it('look at metrics of this tenant, or of one of its resources', () => {
    const dimensions = alarms.map(({ Namespace, Dimensions }) => [Namespace === METRIC_NAMESPACE, Dimensions]);

    for (const [isOurs, found] of dimensions) {
      if (isOurs) expect(found).toEqual([{ Name: 'tenant', Value: 'acme' }]);
      else expect(found).toEqual([{ Name: expect.stringMatching(/^(Queue|Function)Name$/), Value: expect.any(Object) }]);
    }
  });
});

describe('what API Gateway refuses by itself', () => {
  const filters = resourcesOf(template, 'AWS::Logs::MetricFilter').map(({ Properties }) => Properties as SynthesisedFilter);
  const { Format } = resourceOf(template, 'AWS::ApiGateway::Stage').Properties['AccessLogSetting'] as { Format: string };
  const counted = (status: string, refusal: string) =>
    countAccess(filters, [{ ...JSON.parse(Format), status, refusal }], 0).map(({ metric, dimensions }) => [metric, dimensions]);

  it('is counted in the unit that log lines have: of a metric with two, CloudWatch does not say what an alarm does', () => {
    const units = filters.flatMap(({ MetricTransformations }) => MetricTransformations.map(({ MetricName, Unit }) => [MetricName, Unit]));

    expect(Object.fromEntries(units)).toEqual({ Throttled: METRIC_UNITS.Throttled, ServerErrors: METRIC_UNITS.ServerErrors });
  });

  it.each([
    ['429', 'THROTTLED', 'Throttled'],
    ['500', 'API_CONFIGURATION_ERROR', 'ServerErrors'],
    ['502', 'DEFAULT_5XX', 'ServerErrors'],
    ['503', 'DEFAULT_5XX', 'ServerErrors'],
    ['504', 'INTEGRATION_TIMEOUT', 'ServerErrors'],
  ])('counts by its access log: %s, %s is one of %s, for this tenant', (status, refusal, metric) => {
    expect(counted(status, refusal)).toEqual([[metric, '[["tenant","acme"]]']]);
  });

  it.each([
    ['200', '-'],
    ['500', '-'],
    ['503', '-'],
    ['413', 'REQUEST_TOO_LARGE'],
  ])('does not count %s, %s: a function has, or it is the client’s', (status, refusal) => {
    expect(counted(status, refusal)).toEqual([]);
  });
});
