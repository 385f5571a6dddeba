import '../../src/runtime/harden.ts';
import { httpServices } from '../../src/runtime/services.ts';
import { scimHandler } from '../middleware/pipeline.ts';
import { serveDiscovery } from '../middleware/serve-discovery.ts';

/** May not write to the table, so that looking at what is on offer does not count as a use of the credential. */
const services = { ...httpServices(), recordUse: () => undefined };

export const handler = scimHandler(services, [serveDiscovery]);
