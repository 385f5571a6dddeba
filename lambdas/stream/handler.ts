import '../../src/runtime/harden.ts';
import { streamServices } from '../../src/runtime/worker-services.ts';
import { forward, type StreamEvent } from './forward.ts';

const services = streamServices();

/** Invoked by the table's stream. A failure has the same records come again: what is done twice is done once. */
export const handler = (event: StreamEvent): Promise<void> => forward(services, event);
