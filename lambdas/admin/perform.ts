import type { AdminAct, AdminRequest, RequestOf } from '../../src/access/admin-request.ts';
import type { Administered } from '../../src/access/administration.ts';
import type { StoreCall } from '../../src/access/ports.ts';
import type { AdminServices } from '../../src/runtime/admin-services.ts';
import type { Performers } from './performers/performer.ts';

const accounts = async () => (await import('./performers/accounts.ts')).ACCOUNT_PERFORMERS;
const applications = async () => (await import('./performers/applications.ts')).APPLICATION_PERFORMERS;
const audit = async () => (await import('./performers/audit.ts')).AUDIT_PERFORMERS;
const brake = async () => (await import('./performers/brake.ts')).BRAKE_PERFORMERS;
const clients = async () => (await import('./performers/clients.ts')).CLIENT_PERFORMERS;
const directory = async () => (await import('./performers/directory.ts')).DIRECTORY_PERFORMERS;
const events = async () => (await import('./performers/events.ts')).EVENT_PERFORMERS;
const ip = async () => (await import('./performers/ip.ts')).IP_PERFORMERS;
const mappings = async () => (await import('./performers/mappings.ts')).MAPPING_PERFORMERS;
const matching = async () => (await import('./performers/matching.ts')).MATCHING_PERFORMERS;
const resources = async () => (await import('./performers/resources.ts')).RESOURCE_PERFORMERS;
const schemas = async () => (await import('./performers/schemas.ts')).SCHEMA_PERFORMERS;
const service = async () => (await import('./performers/service.ts')).SERVICE_PERFORMERS;
const tokens = async () => (await import('./performers/tokens.ts')).TOKEN_PERFORMERS;
const transfer = async () => (await import('./performers/transfer.ts')).TRANSFER_PERFORMERS;

/** Who performs each act. What an invocation has no use for is not loaded. */
const PERFORMERS: { readonly [Act in AdminAct]: () => Promise<Performers<Act>> } = {
  'account.create': accounts,
  'account.list': accounts,
  'account.password': accounts,
  'account.revoke': accounts,
  'app.create': applications,
  'app.list': applications,
  'app.show': applications,
  'app.set': applications,
  'app.disable': applications,
  'app.enable': applications,
  'app.delete': applications,
  'app.export': applications,
  'app.apply': applications,
  'audit.identify': audit,
  'brake.show': brake,
  'brake.release': brake,
  'client.create': clients,
  'client.federate': clients,
  'client.list': clients,
  'client.rotate': clients,
  'client.revoke': clients,
  'resource.list': directory,
  'resource.show': directory,
  'resource.export': directory,
  'resource.members': directory,
  'resource.disable': directory,
  'resource.enable': directory,
  'resource.remove': directory,
  'resource.purge': directory,
  'events.announce': events,
  'events.publish': events,
  'events.read': events,
  'events.redrive': events,
  'events.status': events,
  'app.ip.list': ip,
  'app.ip.add': ip,
  'app.ip.remove': ip,
  'app.ip.replace': ip,
  'app.map.show': mappings,
  'app.map.set': mappings,
  'app.map.remove': mappings,
  'app.map.test': mappings,
  'matching.list': matching,
  'matching.add': matching,
  'matching.remove': matching,
  'resource.removed': resources,
  'resource.restore': resources,
  'schema.apply': schemas,
  'schema.list': schemas,
  'schema.remove': schemas,
  'schema.show': schemas,
  'service.check': service,
  'token.create': tokens,
  'token.list': tokens,
  'token.show': tokens,
  'token.rotate': tokens,
  'token.revoke': tokens,
  'directory.export': transfer,
  'directory.import': transfer,
};

export const perform = (services: AdminServices, asked: AdminRequest, call: StoreCall): Promise<Administered<unknown>> =>
  performAct(services, asked.act, asked, call);

/** The act's name stands beside its request, so that the compiler sees that the two belong together. */
async function performAct<Act extends AdminAct>(services: AdminServices, act: Act, asked: RequestOf<Act>, call: StoreCall) {
  const performers: Performers<Act> = await PERFORMERS[act]();
  return performers[act](services, asked, call);
}
