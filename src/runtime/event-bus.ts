import { openEventBus } from '../aws/event-bus.ts';
import type { EventBus } from '../directory/feed/ports.ts';
import { eventBridgeClient } from './service-clients.ts';

/** @param name empty where there is no bus */
export const busCalled = (name: string): (EventBus & { readonly name: string }) | undefined =>
  name === '' ? undefined : { name, ...openEventBus({ client: eventBridgeClient(), busName: name }) };
