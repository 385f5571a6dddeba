import '../../src/runtime/harden.ts';
import { openDirectory } from '../../src/runtime/directory.ts';
import { httpServices } from '../../src/runtime/services.ts';
import { scimHandler } from '../middleware/pipeline.ts';
import { serveResources } from '../middleware/serve-resources.ts';
import { serveSearch } from '../middleware/serve-search.ts';

const services = httpServices();
const directoryOf = openDirectory(services);

export const handler = scimHandler(services, [serveResources(directoryOf), serveSearch(directoryOf)]);
