import '../../src/runtime/harden.ts';
import { openDirectory } from '../../src/runtime/directory.ts';
import { httpServices } from '../../src/runtime/services.ts';
import { scimHandler } from '../middleware/pipeline.ts';
import { redirectEvents } from '../middleware/redirect-events.ts';
import { serveAll } from '../middleware/serve-all.ts';

const services = httpServices();

/**
 * Takes every path no other route names: resource types added at run time, queries over all types, pasted URLs with a
 * slash or a blank too many, and paths that do not exist.
 */
export const handler = scimHandler(services, [...serveAll(openDirectory(services), services), redirectEvents]);
