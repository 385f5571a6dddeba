import { CfnQueryDefinition, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { SAVED_QUERIES } from '../saved-queries.ts';

export interface ScimSavedQueriesProps {
  readonly tenant: string;
  /** Of the functions: the access log has other fields. */
  readonly logGroups: readonly ILogGroup[];
}

/** What operators ask of the log, ready in the console of CloudWatch under `scim/<tenant>/`. They cost nothing until one is run. */
export class ScimSavedQueries extends Construct {
  constructor(scope: Construct, id: string, { tenant, logGroups }: ScimSavedQueriesProps) {
    super(scope, id);
    for (const { name, query } of SAVED_QUERIES) {
      new CfnQueryDefinition(this, pascalCase(name), {
        name: `scim/${tenant}/${name}`,
        queryString: query,
        logGroupNames: logGroups.map(({ logGroupName }) => logGroupName),
      });
    }
  }
}

const pascalCase = (name: string): string =>
  name
    .split('-')
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('');
