import { listedResources } from '../aws/cloud-formation.ts';
import type { Reply } from '../aws/stand-in.ts';

/** The log groups of a tenant's stack by the ids that its template gives them, among other resources. */
const LOG_GROUPS: Readonly<Record<string, string>> = {
  UsersLogs0A1B2C3D: 'users',
  GroupsLogs0A1B2C3D: 'groups',
  BulkLogs0A1B2C3D: 'bulk',
  DiscoveryLogs0A1B2C3D: 'discovery',
  TokenLogs0A1B2C3D: 'token',
  CatchAllLogs0A1B2C3D: 'catch-all',
  ApiAccessLogs0A1B2C3D: 'gateway',
  AdminLogs0A1B2C3D: 'admin',
  StreamLogs0A1B2C3D: 'stream',
  SweeperLogs0A1B2C3D: 'sweeper',
};

/** What CloudFormation answers when it is asked what a stack consists of. */
export function stackResources(hasLogGroups: boolean): Reply {
  const groups = Object.entries(hasLogGroups ? LOG_GROUPS : {}).map(([id, origin]) => ({
    id,
    type: 'AWS::Logs::LogGroup',
    name: groupNameOf(origin),
  }));
  return listedResources([{ id: 'TableCD117FA1', type: 'AWS::DynamoDB::GlobalTable', name: 'scim-example-Table' }, ...groups]);
}

/** CloudFormation would have added a hash. */
export const groupNameOf = (origin: string): string => `scim-example-${origin}-logs`;
