import type { CLIENT_ACTS } from '../../../src/access/acts/client-acts.ts';
import { createClient, federateClient, listClients, revokeClient } from '../../../src/access/oauth/administer.ts';
import { rotateClient } from '../../../src/access/oauth/rotate-client.ts';
import type { Performers } from './performer.ts';

export const CLIENT_PERFORMERS: Performers<keyof typeof CLIENT_ACTS> = {
  'client.create': ({ administration }, asked, call) => createClient(administration, asked, call),
  'client.federate': ({ administration }, asked, call) => federateClient(administration, asked, call),
  'client.list': ({ administration }, asked, call) => listClients(administration, asked, call),
  'client.rotate': ({ administration }, asked, call) => rotateClient(administration, asked, call),
  'client.revoke': ({ administration }, asked) => revokeClient(administration, asked),
};
