import '../../src/runtime/harden.ts';
import { openFeed } from '../../src/runtime/feed.ts';
import { httpServices } from '../../src/runtime/services.ts';
import { scimHandler } from '../middleware/pipeline.ts';
import { serveEvents } from '../middleware/serve-events.ts';

const services = httpServices();

export const handler = scimHandler(services, [serveEvents(openFeed(services))]);
