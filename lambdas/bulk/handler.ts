import '../../src/runtime/harden.ts';
import { openDirectory } from '../../src/runtime/directory.ts';
import { httpServices } from '../../src/runtime/services.ts';
import { scimHandler } from '../middleware/pipeline.ts';
import { serveBulk } from '../middleware/serve-bulk.ts';

const services = httpServices();

export const handler = scimHandler(services, [serveBulk(openDirectory(services), services)]);
