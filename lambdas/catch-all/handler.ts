import '../../src/runtime/harden.ts';
import { openDirectory } from '../../src/runtime/directory.ts';
import { httpServices } from '../../src/runtime/services.ts';
import { scimHandler } from '../middleware/pipeline.ts';
import { serveDiscovery } from '../middleware/serve-discovery.ts';
import { serveResources } from '../middleware/serve-resources.ts';

const services = httpServices();

/** Takes every path no other route names: pasted URLs with a slash or a blank too many, and paths that do not exist. */
export const handler = scimHandler(services, [serveResources(openDirectory(services)), serveDiscovery(services.registry)]);
