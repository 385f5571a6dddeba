import type { RunCdk } from '../../cli/cdk.ts';
import type { Fleet } from '../../src/runtime/fleet-client.ts';
import type { OnInterrupt } from '../../src/runtime/on-interrupt.ts';

const refuse = async (): Promise<never> => {
  throw new TypeError('there are no stacks behind this terminal');
};

const fleet: Fleet = { readStack: refuse, readRaisedAlarms: refuse, readChanges: refuse, deleteChangeSet: refuse };
const runCdk: RunCdk = refuse;
const onInterrupt: OnInterrupt = () => () => {};

/** For tests of commands that have nothing to do with stacks. */
export const NO_FLEET = { fleet, runCdk, onInterrupt };

/** All is deployed, and nothing is to change. */
export const UNCHANGED_FLEET = {
  fleet: {
    readStack: async () => ({ state: 'UPDATE_COMPLETE', outputs: new Map<string, string>() }),
    readRaisedAlarms: async () => [],
    readChanges: async () => undefined,
    deleteChangeSet: async () => {},
  },
  runCdk: async () => ({ isDone: true, lastLines: [] }),
  onInterrupt,
};
