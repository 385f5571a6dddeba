import { describe, expect, it } from '@jest/globals';
import { GATEWAY_CAUSES } from '../../cli/commands/log/causes.ts';
import { GATEWAY_REFUSALS } from '../../lib/constructs/gateway-refusals.ts';
import { SAVED_QUERIES } from '../../lib/saved-queries.ts';
import { runQuery } from '../../src/audit/query-language/run-query.ts';
import { resourcesOf, templateOf } from './synthesised.ts';

const template = templateOf();
const queries = resourcesOf(template, 'AWS::Logs::QueryDefinition');

/** Ids of the log groups whose functions write to them. */
const groupsOfFunctions = resourcesOf(template, 'AWS::Lambda::Function').map(({ Properties }) => Properties['LoggingConfig']);

describe('the saved queries of a tenant', () => {
  it('are in the console of CloudWatch under the name of the tenant', () => {
    expect(queries.map(({ Properties }) => Properties['Name'])).toEqual(SAVED_QUERIES.map(({ name }) => `scim/example/${name}`));
  });

  it('look into the log groups of all functions, and into nothing else', () => {
    const groups = groupsOfFunctions.map((logging) => JSON.parse(JSON.stringify(logging)).LogGroup);

    for (const { Properties } of queries) {
      expect(Properties['LogGroupNames']).toHaveLength(groups.length);
      expect(Properties['LogGroupNames']).toEqual(expect.arrayContaining(groups));
    }
  });

  it.each(SAVED_QUERIES)('"$name" is understood, and fits what CloudFormation takes', ({ query, parameter }) => {
    expect(() => runQuery(query, [])).not.toThrow();
    expect(query.length).toBeLessThan(10_000);
    if (parameter !== undefined) expect(query).toContain(`"${parameter.placeholder}"`);
  });
});

describe('a refusal of API Gateway', () => {
  it('has a cause and a remedy in "scim explain", whichever it is', () => {
    expect(Object.keys(GATEWAY_CAUSES).toSorted()).toEqual(GATEWAY_REFUSALS.map(({ type }) => type.responseType).toSorted());
  });
});
