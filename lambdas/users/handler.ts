import '../../src/runtime/harden.ts';
import { openDirectory } from '../../src/runtime/directory.ts';
import { httpServices } from '../../src/runtime/services.ts';
import { scimHandler } from '../middleware/pipeline.ts';
import { serveResources } from '../middleware/serve-resources.ts';

const services = httpServices();

export const handler = scimHandler(services, [serveResources(openDirectory(services))]);
