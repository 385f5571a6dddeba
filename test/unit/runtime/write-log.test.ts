import { describe, expect, it } from '@jest/globals';
import type { LogLine } from '../../../src/runtime/log.ts';
import { writeLog } from '../../../src/runtime/write-log.ts';

function written(line: LogLine): readonly string[] {
  const texts: string[] = [];
  writeLog(
    (text) => texts.push(text),
    () => 0,
  )(line);
  return texts;
}

describe('writeLog', () => {
  it('prints one JSON object to a line', () => {
    const texts = written({ event: 'notice', tenant: 'acme', notice: 'two\nlines' });

    expect(texts).toEqual(['{"time":"1970-01-01T00:00:00.000Z","level":"WARN","event":"notice","tenant":"acme","notice":"two\\nlines"}\n']);
  });

  it('tells CloudWatch what the line counts, in the same line', () => {
    const [text = ''] = written({ event: 'brake', tenant: 'acme', requestId: 'r', application: 'default', limit: 3 });

    expect(JSON.parse(text)).toEqual({
      time: '1970-01-01T00:00:00.000Z',
      level: 'WARN',
      event: 'brake',
      tenant: 'acme',
      requestId: 'r',
      application: 'default',
      limit: 3,
      BrakeTrips: 1,
      _aws: {
        Timestamp: 0,
        CloudWatchMetrics: [{ Namespace: 'serverless-scim', Dimensions: [['tenant']], Metrics: [{ Name: 'BrakeTrips', Unit: 'Count' }] }],
      },
    });
  });
});
