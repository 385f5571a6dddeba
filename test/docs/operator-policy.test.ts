import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { explainFailure, READ_LOGS } from '../../src/aws/explain-failure.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const page = (path: string): string => readFileSync(join(ROOT, 'docs', path), 'utf8');

const oneOrMore = z.union([z.string(), z.array(z.string())]);
const policySchema = z.object({ Statement: z.array(z.object({ Action: oneOrMore, Resource: z.string() })) });

const [, text = ''] = /<!-- policy: operator -->\s+```json\n([\s\S]*?)\n\s*```/.exec(page('reference/cli.md')) ?? [];
const resources = new Map(
  policySchema
    .parse(JSON.parse(text))
    .Statement.flatMap(({ Action, Resource }) => [Action].flat().map((action) => [action, Resource] as const)),
);

const actionsIn = (words: string): readonly string[] =>
  [...words.matchAll(/\b(?:cloudformation|cloudwatch|lambda|logs):[A-Z]\w+/g)].map(([action]) => action);

const denied = (purpose = {}): string => String(explainFailure(Object.assign(new Error('no'), { name: 'AccessDenied' }), purpose));

describe('the policy of an operator', () => {
  it.each([
    ['who is refused when administering', denied()],
    ['who is refused when reading the log', denied(READ_LOGS)],
    ['how the log is reviewed', page('how-to/review-the-log.md')],
    ['how tenants are looked at', page('how-to/run-a-fleet.md').split('## Upgrade')[0] ?? ''],
  ])('has every permission that is named by %s', (_what, words) => {
    const actions = actionsIn(words);

    expect(actions.length).toBeGreaterThan(1);
    expect([...resources.keys()]).toEqual(expect.arrayContaining([...actions]));
  });

  it('is limited to stacks, functions and log groups of the product wherever AWS lets it be', () => {
    const anywhere = [...resources].flatMap(([action, resource]) => (resource === '*' ? [action] : []));

    expect(anywhere).toEqual(['logs:DescribeLogGroups', 'logs:GetQueryResults', 'logs:StopQuery', 'cloudwatch:DescribeAlarms']);
    expect([...resources.values()].filter((resource) => resource !== '*' && !/[:/]scim-\*/.test(resource))).toEqual([]);
  });
});
