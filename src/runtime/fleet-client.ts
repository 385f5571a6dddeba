import type { Fleet as DeployedFleet } from '../aws/fleet.ts';

export type Fleet = DeployedFleet;
export type DeployedStack = NonNullable<Awaited<ReturnType<Fleet['readStack']>>>;
export type RaisedAlarm = Awaited<ReturnType<Fleet['readRaisedAlarms']>>[number];
export type ResourceChange = NonNullable<Awaited<ReturnType<Fleet['readChanges']>>>[number];

/** Loads the SDK only when a stack is asked about. */
export function fleetClient(): Fleet {
  let opened: Promise<Fleet> | undefined;
  const open = (): Promise<Fleet> => {
    opened ??= import('../aws/fleet.ts').then(({ openFleet }) => openFleet());
    return opened;
  };
  return {
    readStack: async (stackName) => (await open()).readStack(stackName),
    readRaisedAlarms: async (stackName) => (await open()).readRaisedAlarms(stackName),
    readChanges: async (name) => (await open()).readChanges(name),
    deleteChangeSet: async (name) => (await open()).deleteChangeSet(name),
  };
}
