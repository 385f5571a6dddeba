import '../../src/runtime/harden.ts';
import { httpServices } from '../../src/runtime/services.ts';
import { scimHandler } from '../middleware/pipeline.ts';
import { serveDiscovery } from '../middleware/serve-discovery.ts';

const services = httpServices();

export const handler = scimHandler(services, [serveDiscovery]);
